import { clean, type HttpAnswer, readJson } from "@/server/platform/provider-client";
import type { SendOutcome } from "../adapter";
import { byStatus } from "../http/outcomes";

/**
 * MSG91 answers errors in words only (`{"type":"error","message":…}`, mostly with HTTP 200), so their class is read from
 * them. Written from its public documentation: correct this list where the wire says otherwise.
 */
const classes: readonly { words: RegExp; make: (words: string) => SendOutcome }[] = [
  {
    words: /auth ?key|authenti|unauthor|ip.{0,20}(white|not allowed)|blocked account|disabled/i,
    make: account,
  },
  { words: /balance|credit|wallet|recharge/i, make: account },
  { words: /rate|too many|throttl/i, make: (words) => again("throttled", words) },
  { words: /template|flow|dlt|header|sender|entity/i, make: template },
  {
    words: /mobile|number|recipient/i,
    make: (words) => ({ kind: "failed", reason: "rejected", detail: `MSG91: ${words}`, suppress: false }),
  },
];

/** The outcome of an answer that was not a success. */
export function classifyAnswer(answer: HttpAnswer): SendOutcome {
  const body = readJson(answer);
  const said = typeof body?.message === "string" ? body.message : null;
  if (answer.status === 401 || answer.status === 403)
    return account(said ? clean(said) : `HTTP ${answer.status}: the auth key was refused`);
  const byCode = byStatus(answer);
  if (byCode) return byCode;
  if (said === null) return again("temporary", `HTTP ${answer.status} without a readable error`);
  return (
    classes.find((known) => known.words.test(said))?.make(clean(said)) ?? again("temporary", clean(said))
  );
}

const again = (reason: "throttled" | "temporary", words: string): SendOutcome => ({
  kind: "again",
  reason,
  detail: `MSG91: ${words}`,
  afterMs: null,
});

function account(words: string): SendOutcome {
  return {
    kind: "configuration",
    scope: "account",
    begun: true,
    detail: `MSG91: ${words}`,
    sentence: `MSG91 refuses to send for this account (“${words}”). Nothing was lost: correct it, then resume the account.`,
  };
}

function template(words: string): SendOutcome {
  return {
    kind: "configuration",
    scope: "content",
    begun: true,
    detail: `MSG91: ${words}`,
    sentence: `MSG91 refuses the text (“${words}”). Nothing was lost: check the text's MSG91 id in the DLT registry, then resume.`,
  };
}
