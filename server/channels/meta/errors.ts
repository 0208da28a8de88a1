import { clean, type HttpAnswer, readJson, retryAfter } from "@/server/platform/provider-client";
import type { FailureReason, SendOutcome } from "../adapter";
import { byStatus } from "../http/outcomes";

/** An error of the Graph API, as it answers and as its webhooks tell. */
export type MetaError = { code: number; subcode: number | null; words: string };

/** What an error code means for sending (delivery.md, and `specs/error_codes.json` where it says nothing). */
type Class =
  | { is: "throttled"; afterMs: number | null }
  | { is: "temporary" | "account" | "template" }
  | { is: "not_now"; afterMs: number }
  | { is: "failed"; reason: FailureReason; suppress: boolean };

const HOUR = 3_600_000;
const failed = (reason: FailureReason, suppress = false): Class => ({ is: "failed", reason, suppress });
const THROTTLED: Class = { is: "throttled", afterMs: null };
const ACCOUNT: Class = { is: "account" };
const TEMPLATE: Class = { is: "template" };

const classes: Record<number, Class> = {
  4: THROTTLED,
  80007: THROTTLED,
  130429: THROTTLED,
  // The pair of our number and theirs: a few seconds, whatever the account's own rate.
  131056: { is: "throttled", afterMs: 6_000 },
  132069: THROTTLED,
  133016: { is: "throttled", afterMs: 24 * HOUR },
  1: { is: "temporary" },
  2: { is: "temporary" },
  131000: { is: "temporary" },
  131016: { is: "temporary" },
  131052: { is: "temporary" },
  131057: { is: "temporary" },
  0: ACCOUNT,
  3: ACCOUNT,
  10: ACCOUNT,
  33: ACCOUNT,
  190: ACCOUNT,
  368: ACCOUNT,
  131005: ACCOUNT,
  131031: ACCOUNT,
  131037: ACCOUNT,
  131042: ACCOUNT,
  131045: ACCOUNT,
  // The number is marked as spam: going on would have it blocked.
  131048: ACCOUNT,
  132000: TEMPLATE,
  132001: TEMPLATE,
  132015: TEMPLATE,
  132016: TEMPLATE,
  132068: TEMPLATE,
  100: failed("rejected"),
  131008: failed("rejected"),
  131009: failed("rejected"),
  131021: failed("rejected"),
  131030: failed("rejected"),
  131051: failed("rejected"),
  131053: failed("rejected"),
  // These depend on what this one customer's tags were filled with.
  132005: failed("rejected"),
  132007: failed("rejected"),
  132012: failed("rejected"),
  135000: failed("rejected"),
  // The one recipient's country, or Meta's own experiment with them: no reason to stop for everybody else.
  130497: failed("rejected"),
  130472: failed("rejected"),
  131026: failed("address_refused", true),
  131047: failed("window_closed"),
  131049: { is: "not_now", afterMs: 24 * HOUR },
  131050: failed("opted_out"),
};

/** The class of a code; an unknown one is tried again a bounded number of times: nothing is burnt on a guess. */
export function classOf({ code, subcode }: Pick<MetaError, "code" | "subcode">): Class {
  // "Object does not exist or cannot be loaded": the phone number id is not this token's.
  if (code === 100 && subcode === 33) return ACCOUNT;
  if (code >= 200 && code <= 299) return ACCOUNT;
  return classes[code] ?? { is: "temporary" };
}

/** The outcome of an answer that was not a success. */
export function classifyAnswer(answer: HttpAnswer): SendOutcome {
  const error = readError(readJson(answer)?.error);
  const known = error && classOf(error);
  // A named refusal of the whole account is certain even where Meta sends it with a 5xx (131045, 3).
  if (answer.status >= 500 && known?.is !== "account")
    return { kind: "unknown", reason: "answer_lost", detail: inWords(error, answer) };
  if (!error || !known) return byStatus(answer) ?? unreadable(answer);
  const detail = inWords(error, answer);
  switch (known.is) {
    case "throttled":
      return { kind: "again", reason: "throttled", detail, afterMs: retryAfter(answer) ?? known.afterMs };
    case "temporary":
      return { kind: "again", reason: "temporary", detail, afterMs: null };
    case "not_now":
      return { kind: "again", reason: "not_now", detail, afterMs: known.afterMs };
    case "failed":
      return { kind: "failed", reason: known.reason, detail, suppress: known.suppress };
    case "account":
      return {
        kind: "configuration",
        scope: "account",
        begun: true,
        detail,
        sentence: accountSentence(error),
      };
    case "template":
      return {
        kind: "configuration",
        scope: "content",
        begun: true,
        detail,
        sentence: `WhatsApp refuses the template (“${error.words}”). Nothing was lost: synchronise the templates, correct this one or choose another, then resume.`,
      };
  }
}

/** An error object of the Graph API; null for anything else. */
export function readError(value: unknown): MetaError | null {
  if (typeof value !== "object" || value === null) return null;
  const { code, error_subcode, message, title, error_data } = value as Record<string, unknown>;
  if (typeof code !== "number") return null;
  const details = (error_data as { details?: unknown } | undefined)?.details;
  const words = [details, message, title].find((text) => typeof text === "string" && text !== "");
  return {
    code,
    subcode: typeof error_subcode === "number" ? error_subcode : null,
    words: clean(String(words ?? "no words")),
  };
}

const inWords = (error: MetaError | null, answer: HttpAnswer): string =>
  error ? `Meta ${error.code}: ${error.words}` : `HTTP ${answer.status}`;

const unreadable = (answer: HttpAnswer): SendOutcome => ({
  kind: "again",
  reason: "temporary",
  detail: `HTTP ${answer.status} without a readable error`,
  afterMs: null,
});

function accountSentence({ code, words }: MetaError): string {
  const what: Record<number, string> = {
    0: "Meta refused the access token",
    190: "Meta refused the access token: it has expired or was withdrawn",
    131042: "Meta has no valid means of payment for this account",
    131031: "Meta has locked this account",
    131048: "Too many people marked messages from this number as spam, and Meta slows it down",
    368: "Meta has blocked this account for a while",
    33: "The phone number was deleted at Meta",
  };
  return `${what[code] ?? "Meta refuses to send for this account"} (“${words}”). Nothing was lost: correct it, then resume the account.`;
}
