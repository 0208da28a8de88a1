import { clean, type HttpAnswer, readJson, retryAfter } from "@/server/platform/provider-client";
import type { FailureReason, SendOutcome } from "../adapter";
import { byStatus } from "../http/outcomes";

/** What a code means for sending (delivery.md, and `specs/error_codes.json` where it says nothing). */
type Class =
  | { is: "throttled" | "temporary" | "account" | "template" }
  | { is: "not_now"; afterMs: number }
  | { is: "failed"; reason: FailureReason; suppress: boolean };

const DAY = 24 * 3_600_000;
const failed = (reason: FailureReason, suppress = false): Class => ({ is: "failed", reason, suppress });
const THROTTLED: Class = { is: "throttled" };
const ACCOUNT: Class = { is: "account" };
const DEAD = failed("address_refused", true);

const classes: Record<number, Class> = {
  20429: THROTTLED,
  21611: THROTTLED,
  30001: THROTTLED,
  30022: THROTTLED,
  63018: THROTTLED,
  20003: ACCOUNT,
  21212: ACCOUNT,
  21606: ACCOUNT,
  30002: ACCOUNT,
  30034: ACCOUNT,
  63001: ACCOUNT,
  63007: ACCOUNT,
  // The one recipient's country or route; the others go on.
  21408: failed("rejected"),
  21612: failed("rejected"),
  21617: failed("rejected"),
  30007: failed("rejected"),
  21211: DEAD,
  21614: DEAD,
  30004: DEAD,
  30005: DEAD,
  30006: DEAD,
  63003: DEAD,
  63024: DEAD,
  21610: failed("opted_out"),
  63016: failed("window_closed"),
  21655: { is: "template" },
  21656: { is: "template" },
  30008: { is: "temporary" },
  30009: { is: "temporary" },
  30036: { is: "temporary" },
  30003: { is: "temporary" },
  30610: { is: "not_now", afterMs: 3_600_000 },
  63032: { is: "not_now", afterMs: DAY },
  63049: { is: "not_now", afterMs: DAY },
};

/** The class of a code; an unknown one is tried again a bounded number of times: nothing is burnt on a guess. */
export const classOf = (code: number): Class => classes[code] ?? { is: "temporary" };

/** The outcome of an answer that was not a success. */
export function classifyAnswer(answer: HttpAnswer): SendOutcome {
  const body = readJson(answer);
  const code = typeof body?.code === "number" ? body.code : null;
  if (answer.status >= 500)
    return { kind: "unknown", reason: "answer_lost", detail: `HTTP ${answer.status}` };
  if (code === null) {
    if (answer.status === 401 || answer.status === 403) return account(answer, null, `HTTP ${answer.status}`);
    return (
      byStatus(answer) ?? {
        kind: "again",
        reason: "temporary",
        detail: `HTTP ${answer.status} without a readable error`,
        afterMs: null,
      }
    );
  }
  const words = clean(String(body?.message ?? "no words"));
  const detail = `Twilio ${code}: ${words}`;
  const known = classOf(code);
  switch (known.is) {
    case "throttled":
      return { kind: "again", reason: "throttled", detail, afterMs: retryAfter(answer) };
    case "temporary":
      return { kind: "again", reason: "temporary", detail, afterMs: null };
    case "not_now":
      return { kind: "again", reason: "not_now", detail, afterMs: known.afterMs };
    case "failed":
      return { kind: "failed", reason: known.reason, detail, suppress: known.suppress };
    case "account":
      return account(answer, code, words);
    case "template":
      return {
        kind: "configuration",
        scope: "content",
        begun: true,
        detail,
        sentence: `Twilio refuses the template (“${words}”). Nothing was lost: synchronise the templates, correct this one or choose another, then resume.`,
      };
  }
}

function account(answer: HttpAnswer, code: number | null, words: string): SendOutcome {
  const what =
    code === 20003 || answer.status === 401
      ? "Twilio refused the account SID or the auth token"
      : code === 21212 || code === 21606 || code === 63007
        ? "Twilio does not know the sender as one of this account"
        : "Twilio refuses to send for this account";
  return {
    kind: "configuration",
    scope: "account",
    begun: true,
    detail: `Twilio ${code ?? answer.status}: ${words}`,
    sentence: `${what} (“${words}”). Nothing was lost: correct it, then resume the account.`,
  };
}
