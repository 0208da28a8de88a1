import { replyRules } from "./rules";
import type { ResponseClass } from "./status";

/** One correction of a response's class, kept with the response. */
export type Correction = {
  from: ResponseClass;
  to: ResponseClass;
  /** The user who corrected it. */
  by: string | null;
  /** ISO instant. */
  at: string;
};

/** What stands in `responses.explanation`. */
export type Explanation = {
  matched?: string;
  wish?: string | null;
  button?: string | null;
  by?: "public_id" | "recent_message" | "address" | "nobody";
  /** The rule that the first class came from, once a person has corrected it. */
  rule?: string;
  corrections?: Correction[];
};

/** Why a response has its class, as a sentence without its end: “it asks to be called, matched: “call me””. */
export function explainClass(rule: string, explanation: Explanation): string {
  const { matched = "" } = explanation;
  if (rule === "none") return "no rule matched";
  if (rule === "auto_submitted") return "a machine sent it by itself";
  if (rule === "button") return `the button ${matched} was pressed`;
  const says = replyRules.find(({ name }) => name === rule)?.says ?? rule.replaceAll("_", " ");
  return matched ? `${says}, matched: “${matched}”` : says;
}

/** How the customer was found, in words. */
export const foundWords = {
  public_id: "The reply named the message that it answers.",
  recent_message: "It answers the latest message of the last 7 days to this address.",
  address: "The address is the customer's; no message of the last 7 days went to it.",
  nobody: "Nobody has this address.",
} as const satisfies Record<NonNullable<Explanation["by"]>, string>;
