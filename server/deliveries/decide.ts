import type { Channel } from "@/server/channels/status";
import { stopsService } from "@/server/consent/status";
import { formatMoney } from "@/server/platform/format";
import { type ContentFacts, channelRule } from "./decide-content";
import type { Reason } from "./status";

/** What the rules see of one message at the moment it would be sent. No names and no addresses: they end in the ledger. */
export type Facts = {
  channel: Channel;
  purpose: "promotional" | "service";
  /** Whether anything leaves at all: the workspace's emergency stop, and the account that carries the channel. */
  sending: { stopped: boolean; account: { name: string; active: boolean } };
  /** False when the customer was erased meanwhile. */
  customerExists: boolean;
  stopState: string | null;
  address: string | null;
  /** Why the address is suppressed, or null. */
  suppressed: string | null;
  /** What the consent ledger says now; null when it says nothing. */
  consent: boolean | null;
  hasPolicy: boolean;
  /** Whether the customer is in the audience now; null where the campaign does not ask again. */
  inAudience: boolean | null;
  /** Why the customer has left the automation whose message it is (`paid`, `replied` …); null while inside, or for another message. */
  left?: string | null;
  /** For a fall-back: whether the message that it stands in for was received after all. */
  received: boolean | null;
  /** Promotion on this channel in the last `days` days, over all campaigns; null: no cap. */
  cap: { most: number; days: number; had: number } | null;
  /** Service messages about this policy today; null: no such limit. */
  sameDay: { most: number; had: number } | null;
  /** `opensAt`: when contact is allowed next; null while it is allowed. `words` name the hours and the place. */
  hours: { opensAt: Date | null; closed: boolean; words: string };
  /** The customer's own time at which the message may first go; null or absent where the run's start decides. */
  ownTime?: { at: Date; reached: boolean; words: string } | null;
  /** What is left of the campaign's budget, and what this message costs (micro-units); null: no budget. */
  budget: { left: bigint; price: bigint; currency: string } | null;
  /** A tag without a value and without a fallback, or null. */
  missingTag: string | null;
  /** For a message about payments: hours since the data was brought up to date; null where that plays no part. */
  payments: { ageHours: number; most: number; lookAgainAt: Date } | null;
  /** What the channel's own rules look at; null when there is no content because a tag is missing. */
  content: ContentFacts | null;
};

export type Verdict =
  | { answer: "yes"; saw: string }
  | { answer: "no"; reason: Reason; saw: string }
  /** Not now. `until` null: until a person has done something. */
  | { answer: "hold"; reason: Reason; saw: string; until: Date | null };

/** A rule of delivery.md: its question as a person reads it, and the answer with what it saw. */
export type Rule = {
  name: string;
  question: string;
  /** The reasons that it gives. */
  reasons: readonly Reason[];
  check: (facts: Facts) => Verdict;
};

const yes = (saw: string): Verdict => ({ answer: "yes", saw });
const no = (reason: Reason, saw: string): Verdict => ({ answer: "no", reason, saw });
const hold = (reason: Reason, saw: string, until: Date | null): Verdict => ({
  answer: "hold",
  reason,
  saw,
  until,
});

const channelNames = { email: "e-mail", sms: "SMS", whatsapp: "WhatsApp" } as const;

const stopNames: Record<string, string> = {
  deceased: "deceased",
  death_claim: "a death claim is open",
  open_complaint: "a complaint is open",
  surrender: "the policy is being surrendered",
  free_look: "the policy is in its free-look period",
};

const leftNames: Record<string, string> = {
  paid: "the customer paid",
  replied: "the customer replied",
  unsubscribed: "the customer opted out",
  converted: "the campaign’s goal was reached",
  erased: "the customer was erased",
};

/** The pattern that an address must match, for each channel. An Indian mobile starts with 6, 7, 8 or 9. */
const addressPatterns = {
  email: /^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/,
  sms: /^\+(91[6-9]\d{9}|(?!91)[1-9]\d{6,14})$/,
  whatsapp: /^\+(91[6-9]\d{9}|(?!91)[1-9]\d{6,14})$/,
} as const;

/**
 * The rules, in the order of delivery.md. The sender, the pre-flight and "why did she not get it?" ask the same ones; the
 * first that says no, or not now, decides.
 */
export const rules: readonly Rule[] = [
  {
    name: "sending",
    question: "Is sending switched on?",
    reasons: ["sending_stopped", "account_paused"],
    check: ({ sending: { stopped, account } }) => {
      if (stopped) return hold("sending_stopped", "all sending of this workspace is stopped", null);
      return account.active
        ? yes(`“${account.name}” is active`)
        : hold("account_paused", `“${account.name}” is paused`, null);
    },
  },
  {
    name: "customer_exists",
    question: "Is the customer still there?",
    reasons: ["customer_erased"],
    check: (facts) => (facts.customerExists ? yes("yes") : no("customer_erased", "the customer was erased")),
  },
  {
    name: "stop_state",
    question: "Is nothing stopping promotion for this customer?",
    reasons: ["stop_state"],
    check: ({ purpose, stopState }) => {
      if (stopState === null) return yes("nothing is stopping it");
      const saw = stopNames[stopState] ?? stopState;
      return purpose === "service" ? yes(`${saw}, but this is a service message`) : no("stop_state", saw);
    },
  },
  {
    name: "address",
    question: "Is there a valid address?",
    reasons: ["no_address", "invalid_address"],
    check: ({ channel, address }) => {
      const text = address?.trim() ?? "";
      if (text === "") return no("no_address", `the customer has no address for ${channelNames[channel]}`);
      if (text.length > 254 || !addressPatterns[channel].test(text))
        return no("invalid_address", "the address does not look like one that can be reached");
      return yes("there is one");
    },
  },
  {
    name: "suppression",
    question: "Is the address free to be contacted?",
    reasons: ["suppressed"],
    check: ({ suppressed, purpose }) => {
      if (suppressed === null) return yes("it is not suppressed");
      const saw = suppressed.replaceAll("_", " ");
      return purpose === "service" && !stopsService(suppressed)
        ? yes(`${saw}, but this is a service message`)
        : no("suppressed", saw);
    },
  },
  {
    name: "consent",
    question: "Is there consent for this purpose?",
    reasons: ["no_consent"],
    check: ({ channel, purpose, consent, hasPolicy }) => {
      const what = `${channelNames[channel]} ${purpose === "service" ? "service messages" : "promotion"}`;
      if (consent === true) return yes(`granted for ${what}`);
      if (consent === false) return no("no_consent", `withdrawn for ${what}`);
      if (purpose === "service" && hasPolicy) return yes("the customer's contract allows service messages");
      return no("no_consent", `never given for ${what}`);
    },
  },
  {
    name: "audience",
    question: "Does the campaign still mean this customer?",
    reasons: ["left_audience", "left_automation", "received"],
    check: ({ inAudience, left, received }) => {
      if (left) return no("left_automation", `${leftNames[left] ?? left} since entering`);
      if (received === true) return no("received", "the message that this one stands in for was received");
      if (inAudience === null) return yes("the audience was fixed at the start");
      return inAudience ? yes("still in the audience") : no("left_audience", "no longer in the audience");
    },
  },
  {
    name: "frequency",
    question: "Is it not too often?",
    reasons: ["capped", "same_day"],
    check: ({ cap, sameDay }) => {
      if (sameDay && sameDay.had >= sameDay.most)
        return no("same_day", `${sameDay.had} about this policy today, at most ${sameDay.most}`);
      if (cap && cap.had >= cap.most)
        return no("capped", `${cap.had} in ${cap.days} days, at most ${cap.most}`);
      if (cap) return yes(`${cap.had} in ${cap.days} days, at most ${cap.most}`);
      return yes(
        sameDay ? `${sameDay.had} about this policy today, at most ${sameDay.most}` : "no cap applies",
      );
    },
  },
  {
    name: "quiet_hours",
    question: "Is it a time at which the customer may be contacted?",
    reasons: ["own_time", "quiet_hours"],
    check: ({ ownTime, hours: { closed, opensAt, words } }) => {
      if (ownTime && !ownTime.reached) return hold("own_time", ownTime.words, ownTime.at);
      return closed ? hold("quiet_hours", words, opensAt) : yes(words);
    },
  },
  {
    name: "budget",
    question: "Is there budget left?",
    reasons: ["over_budget"],
    check: ({ budget }) => {
      if (budget === null) return yes("the campaign has no budget limit");
      const saw = `${formatMoney(budget.left, budget.currency)} left, this message costs ${formatMoney(budget.price, budget.currency, 4)}`;
      return budget.price <= budget.left ? yes(saw) : hold("over_budget", saw, null);
    },
  },
  {
    name: "tags",
    question: "Does every tag have a value?",
    reasons: ["missing_tag"],
    check: ({ missingTag }) =>
      missingTag === null
        ? yes("every tag has a value or a fallback")
        : no("missing_tag", `{{${missingTag}}} has no value for this customer and no fallback`),
  },
  {
    name: "payments",
    question: "Is the payment data recent enough?",
    reasons: ["payments_stale"],
    check: ({ payments }) => {
      if (payments === null) return yes("this message does not depend on it");
      const saw = `brought up to date ${Math.floor(payments.ageHours)} hours ago, at most ${payments.most}`;
      return payments.ageHours <= payments.most
        ? yes(saw)
        : hold("payments_stale", saw, payments.lookAgainAt);
    },
  },
  {
    name: "channel_rules",
    question: "Does the channel allow this message?",
    reasons: ["no_template", "no_registration", "no_one_click"],
    check: ({ content }) => {
      if (content === null) return yes("there is no content to look at");
      const { refusal, saw, mend } = channelRule(content);
      if (refusal === null) return yes(saw);
      return mend ? hold(refusal, saw, null) : no(refusal, saw);
    },
  },
];

export type Refusal = { rule: Rule; verdict: Exclude<Verdict, { answer: "yes" }> };

/** Whether a message goes now: the first rule that says no or not now, or null when all say yes. */
export function decide(facts: Facts): Refusal | null {
  for (const rule of rules) {
    const verdict = rule.check(facts);
    if (verdict.answer !== "yes") return { rule, verdict };
  }
  return null;
}
