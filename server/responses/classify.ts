import { normaliseReply } from "./normalise";
import { replyRules } from "./rules";
import type { ConsentWish } from "./rules/rule";
import type { ResponseClass } from "./status";

/** What a reply was taken for, and why. */
export type Classification = {
  class: ResponseClass;
  /** The rule that decided; `none` where no rule matched. */
  rule: string;
  /** The words that it matched, as the rules read them. */
  matched: string;
  /** What the reply asks about consent, whatever its class. */
  wish: ConsentWish | null;
};

type Reply = { text: string /** Payload or title of a pressed button. */; button?: string | null };

/** Payloads of our own templates' buttons; anything else is read like text. */
const buttons: Record<string, Classification> = {
  STOP: { class: "unsubscribe", rule: "button", matched: "STOP", wish: "stop" },
  START: { class: "other", rule: "button", matched: "START", wish: "start" },
  CALL_ME: { class: "callback_request", rule: "button", matched: "CALL_ME", wish: null },
  INTERESTED: { class: "interested", rule: "button", matched: "INTERESTED", wish: null },
  QUESTION: { class: "question", rule: "button", matched: "QUESTION", wish: null },
  COMPLAINT: { class: "complaint", rule: "button", matched: "COMPLAINT", wish: null },
};

/** Classifies a reply by the first rule that matches (`rules/index.ts`). Pure: the same words always give the same answer. */
export function classifyReply({ text, button }: Reply): Classification {
  const pressed = button ? buttons[button.trim().toUpperCase()] : undefined;
  if (pressed) return pressed;
  const reading = normaliseReply(`${button ?? ""}\n${button === text ? "" : text}`);
  const hits = replyRules.flatMap((rule) => {
    const matched = rule.find.exec(reading)?.[0].trim();
    return matched === undefined ? [] : [{ rule, matched }];
  });
  const first = hits[0];
  if (!first) return { class: "other", rule: "none", matched: "", wish: null };
  // A machine's note about “stop” or “call” is nobody's wish.
  const wish =
    first.rule.class === "auto_reply" ? null : (hits.find(({ rule }) => rule.wish)?.rule.wish ?? null);
  return { class: first.rule.class, rule: first.rule.name, matched: first.matched.slice(0, 120), wish };
}
