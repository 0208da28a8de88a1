import { stopsService } from "@/server/consent/status";
import type { Reason } from "./status";

/** What the rules see of one message at the moment it would be sent. No names and no addresses: they end in the ledger. */
export type Facts = {
  channel: "email" | "sms" | "whatsapp";
  purpose: "promotional" | "service";
  /** False when the customer was erased meanwhile. */
  customerExists: boolean;
  stopState: string | null;
  address: string | null;
  /** Why the address is suppressed, or null. */
  suppressed: string | null;
  /** What the consent ledger says now; null when it says nothing. */
  consent: boolean | null;
  hasPolicy: boolean;
  /** A tag without a value and without a fallback, or null. */
  missingTag: string | null;
};

export type Verdict = { ok: true; saw: string } | { ok: false; reason: Reason; saw: string };

/** A rule of delivery.md: its question as a person reads it, and the answer with what it saw. */
export type Rule = {
  name: string;
  question: string;
  /** The reasons that it gives. */
  reasons: readonly Reason[];
  check: (facts: Facts) => Verdict;
};

const yes = (saw: string): Verdict => ({ ok: true, saw });
const no = (reason: Reason, saw: string): Verdict => ({ ok: false, reason, saw });

const channelNames = { email: "e-mail", sms: "SMS", whatsapp: "WhatsApp" } as const;

const stopNames: Record<string, string> = {
  deceased: "deceased",
  death_claim: "a death claim is open",
  open_complaint: "a complaint is open",
  surrender: "the policy is being surrendered",
  free_look: "the policy is in its free-look period",
};

/** The pattern that an address must match, for each channel. An Indian mobile starts with 6, 7, 8 or 9. */
const addressPatterns = {
  email: /^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/,
  sms: /^\+(91[6-9]\d{9}|(?!91)[1-9]\d{6,14})$/,
  whatsapp: /^\+(91[6-9]\d{9}|(?!91)[1-9]\d{6,14})$/,
} as const;

/**
 * The rules, in the order of delivery.md. The sender, the pre-flight and "why did she not get it?" ask the same ones; the
 * first that says no decides.
 */
export const rules: readonly Rule[] = [
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
    name: "tags",
    question: "Does every tag have a value?",
    reasons: ["missing_tag"],
    check: ({ missingTag }) =>
      missingTag === null
        ? yes("every tag has a value or a fallback")
        : no("missing_tag", `{{${missingTag}}} has no value for this customer and no fallback`),
  },
];

/** Whether a message goes now: the first rule that says no, or null when all say yes. */
export function decide(facts: Facts): { rule: Rule; reason: Reason; saw: string } | null {
  for (const rule of rules) {
    const verdict = rule.check(facts);
    if (!verdict.ok) return { rule, reason: verdict.reason, saw: verdict.saw };
  }
  return null;
}
