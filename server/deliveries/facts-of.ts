import type { MessageContent } from "@/server/channels/adapter";
import { countryOfPhone } from "@/server/platform/country";
import { hoursWords, instantIn, isZone, momentIn } from "@/server/sending-rules";
import type { Facts } from "./decide";
import { contentFacts } from "./decide-content";
import { isAboutPolicy, type Reading } from "./load-members";
import type { Member, Pricing } from "./member";
import type { Copy } from "./render-message";
import { usedTags } from "./used-tags";

/** What the rules see of a member, with the copy that was rendered for it. */
export function factsOf(reading: Reading, member: Member, copy: Copy): Facts {
  const { channel, content, circumstances } = reading;
  const { rules, campaign, workspace, account } = circumstances;
  const { purpose } = content;
  const cap = purpose === "promotional" ? rules.caps[channel] : null;
  const country = countryOfPhone(member.phone);
  return {
    channel,
    purpose,
    sending: {
      stopped: workspace.stopped,
      account: { name: account.name, active: account.status === "active" },
    },
    customerExists: member.customerExists,
    stopState: member.stopState,
    address: member.address,
    suppressed: member.suppressed,
    consent: member.consent,
    hasPolicy: member.policyId !== null,
    inAudience: member.inAudience,
    left: member.left,
    received: member.received,
    cap: cap && { ...cap, had: member.recently },
    sameDay:
      isAboutPolicy(content) && rules.servicePerPolicyDay !== null && member.policyId !== null
        ? { most: rules.servicePerPolicyDay, had: member.today }
        : null,
    ownTime: ownTimeFor(reading, member),
    hours: hoursFor(reading, member, country),
    budget:
      campaign.budget === null
        ? null
        : {
            left: campaign.budget - campaign.reserved,
            price: copy.ok ? priceOf(reading, member, copy.message.content) : 0n,
            currency: workspace.currency,
          },
    missingTag: copy.ok ? null : copy.missingTag,
    payments: paymentsFor(reading, member),
    content: copy.ok
      ? contentFacts(copy.message.content, {
          promotional: purpose === "promotional",
          country,
          lastReplyHours: member.lastReplyHours,
          approvals: circumstances.approvals,
        })
      : null,
  };
}

const zoneOf = ({ circumstances }: Reading, { timeZone }: Member): string =>
  timeZone !== null && isZone(timeZone) ? timeZone : circumstances.workspace.timeZone;

/** A run that is sent by each customer's own clock holds a message until it is that time there. */
function ownTimeFor(reading: Reading, member: Member): Facts["ownTime"] {
  const { sendAt } = reading.content;
  if (sendAt === null) return null;
  const zone = zoneOf(reading, member);
  const at = instantIn(zone, sendAt);
  return { at, reached: member.now >= at, words: `${sendAt.replace("T", " ")} in ${zone}` };
}

function hoursFor(reading: Reading, member: Member, country: string | null) {
  const { channel, content, circumstances } = reading;
  const { hours, country: place } = circumstances.hours.of(country, channel, content.purpose);
  if (hours.length === 0) return { closed: false, opensAt: null, words: "no hours apply" };
  const zone = zoneOf(reading, member);
  const moment = momentIn(hours, member.now, zone);
  return {
    closed: !moment.open,
    opensAt: moment.open ? null : moment.opensAt,
    words: hoursWords({ hours, now: member.now, zone, place }),
  };
}

/** Messages of these categories, or with these tags, are wrong when the customer has paid meanwhile. */
const ABOUT_PAYMENTS = new Set(["premium_due", "payment_failed"]);
const PAYMENT_TAGS = new Set(["due_date", "next_due_date", "policies_due"]);

const isAboutPayments = ({ content, channel }: Reading): boolean =>
  ABOUT_PAYMENTS.has(content.category) || usedTags(content, channel).some((tag) => PAYMENT_TAGS.has(tag));

const LOOK_AGAIN_MS = 60 * 60_000;

function paymentsFor(reading: Reading, member: Member): Facts["payments"] {
  const { circumstances } = reading;
  const most = circumstances.rules.paymentsMaxAgeHours;
  const ageHours = circumstances.workspace.paymentsAgeHours;
  // A workspace that keeps no payments has none that could be out of date.
  if (most === null || ageHours === null || !isAboutPayments(reading)) return null;
  return { most, ageHours, lookAgainAt: new Date(member.now.getTime() + LOOK_AGAIN_MS) };
}

/** What of a message makes its price, also before there is a sender. */
type Priced =
  | { channel: "email" }
  | { channel: "sms"; parts: number }
  | { channel: "whatsapp"; template: { category: string } | null };

/** What a copy costs, tax included (micro-units); 0 where no price is known. */
export function priceOf({ circumstances }: Reading, member: Member, content: MessageContent): bigint {
  const { category, units } = pricingOf(content);
  const price = circumstances.priceOf(category, countryOfPhone(member.phone)) ?? 0n;
  return price * BigInt(units);
}

/** What makes a message's price: WhatsApp by its template, SMS by its parts, e-mail by the piece. */
export function pricingOf(content: Priced): Pricing {
  if (content.channel === "email") return { category: "message", units: 1 };
  if (content.channel === "sms") return { category: "part", units: content.parts };
  // Free text inside the 24 h window is a service message.
  return { category: content.template?.category ?? "service", units: 1 };
}
