import { type OutboundMessage, senderMailbox } from "@/server/channels";
import { compileBodies, type Renderer } from "@/server/templates";
import type { TagValues } from "@/server/templates/schemas";
import { clickUrl, openUrl, unsubscribeUrl } from "./links";
import type { Member, Reading } from "./load-members";
import { encodePublicId } from "./public-id";

export type Copy = { ok: true; message: OutboundMessage } | { ok: false; missingTag: string };

/** Makes the copies of one run's messages, each in its customer's language; the content is compiled once. */
export async function copier(lease: Reading & { campaignId: string }): Promise<(member: Member) => Copy> {
  const { content, channel } = lease;
  const compiled = compileBodies(content);
  const from = senderMailbox(content.fromName);
  const promotional = content.purpose === "promotional";
  const renderers = new Map<string, { render: Renderer; locale: string }>();
  for (const language of content.languages) {
    const body = compiled.body(channel, language);
    if (body)
      renderers.set(body.language, {
        render: await body.renderer(),
        locale: localeOf(body.language, lease.workspace.locale),
      });
  }
  return (member) => {
    const language = compiled.body(channel, member.language)?.language;
    const chosen = language === undefined ? undefined : renderers.get(language);
    if (!chosen) throw new Error(`the run says nothing by ${channel}`);
    const publicId = encodePublicId({ part: lease.part, runNumber: lease.runNumber, seq: member.seq });
    const wayOut = promotional ? unsubscribeUrl(publicId) : null;
    const rendered = chosen.render(tagValues(member, chosen.locale), {
      linkUrl: (index) => clickUrl(publicId, index),
      unsubscribeUrl: wayOut,
      pixelUrl: openUrl(publicId),
      company: { companyName: content.companyName },
    });
    if (!rendered.ok) return rendered;
    const message = {
      publicId,
      campaignId: lease.campaignId,
      customerId: member.customerId,
      kind: "campaign" as const,
      to: { name: member.name, address: member.address?.trim() ?? "" },
      content:
        rendered.content.channel === "email"
          ? { ...rendered.content, from, unsubscribeUrl: wayOut, attachments: content.attachments }
          : rendered.content,
    };
    return { ok: true, message };
  };
}

type Described = Pick<
  Member,
  | "name"
  | "externalId"
  | "city"
  | "tier"
  | "policyNumber"
  | "productName"
  | "premium"
  | "currency"
  | "renewalDate"
>;

/** How a body's language writes dates and amounts in the workspace's region; always with 0 to 9. */
export function localeOf(language: string, workspaceLocale: string): string {
  const { region } = new Intl.Locale(workspaceLocale);
  const own = new Intl.Locale(language, { numberingSystem: "latn" });
  return new Intl.Locale(own, own.region || !region ? {} : { region }).toString();
}

/** A customer's values of the tags, written as the locale writes them. */
export function tagValues(customer: Described, locale: string): TagValues {
  const { premium, currency, renewalDate } = customer;
  return {
    customer_name: customer.name,
    first_name: customer.name.trim().split(/\s+/)[0],
    customer_number: customer.externalId,
    city: customer.city,
    tier: customer.tier.charAt(0).toUpperCase() + customer.tier.slice(1),
    policy_number: customer.policyNumber,
    product_name: customer.productName,
    premium_amount:
      premium === null || currency === null ? null : formatMicros(BigInt(premium), currency, locale),
    renewal_date:
      renewalDate === null ? null : dateFormat(locale).format(new Date(`${renewalDate}T00:00:00Z`)),
  };
}

const MICROS = 1_000_000n;

/** ₹12,500 for whole amounts, ₹12,500.50 for others. Exact: the units never pass through a float. */
function formatMicros(micros: bigint, currency: string, locale: string): string {
  const cents = (micros * 100n) / MICROS;
  const whole = cents % 100n === 0n;
  const amount = `${cents / 100n}.${String(cents % 100n).padStart(2, "0")}` as Intl.StringNumericLiteral;
  return moneyFormat(locale, currency, whole ? 0 : 2).format(amount);
}

const formats = new Map<string, Intl.NumberFormat>();
const dates = new Map<string, Intl.DateTimeFormat>();

function moneyFormat(locale: string, currency: string, digits: number): Intl.NumberFormat {
  const key = `${locale} ${currency} ${digits}`;
  const known = formats.get(key);
  if (known) return known;
  const options = {
    style: "currency",
    currency,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  } as const;
  const format = new Intl.NumberFormat(locale, options);
  formats.set(key, format);
  return format;
}

function dateFormat(locale: string): Intl.DateTimeFormat {
  const known = dates.get(locale);
  if (known) return known;
  const format = new Intl.DateTimeFormat(locale, {
    day: "numeric",
    month: "long",
    year: "numeric",
    timeZone: "UTC",
  });
  dates.set(locale, format);
  return format;
}
