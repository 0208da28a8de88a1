import { type OutboundMessage, senderMailbox } from "@/server/channels";
import { type CompiledMessage, compileMessage } from "@/server/templates";
import type { TagValues } from "@/server/templates/schemas";
import { clickUrl, openUrl, unsubscribeUrl } from "./links";
import type { Member, Reading } from "./load-members";
import { encodePublicId } from "./public-id";

export type Copy = { ok: true; message: OutboundMessage } | { ok: false; missingTag: string };

/** Makes the copies of one run's message; the content is compiled once. */
export function copier(lease: Reading & { campaignId: string }): (member: Member) => Copy {
  const { content } = lease;
  const compiled: CompiledMessage = compileMessage(content);
  const from = senderMailbox(content.fromName);
  const promotional = content.purpose === "promotional";
  return (member) => {
    const publicId = encodePublicId({ part: lease.part, runNumber: lease.runNumber, seq: member.seq });
    const wayOut = promotional ? unsubscribeUrl(publicId) : null;
    const rendered = compiled.render(tagValues(member, lease.workspace.locale), {
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
      content: {
        channel: "email" as const,
        from,
        subject: rendered.subject,
        html: rendered.html,
        text: rendered.text,
        unsubscribeUrl: wayOut,
        attachments: [],
      },
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

/** A customer's values of the tags, written as the workspace's locale writes them. */
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
