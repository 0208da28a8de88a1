import type { SendOutcome } from "../adapter";

/** What nodemailer says about a failed command: its own code, and the server's answer where there was one. */
export type SmtpError = { code?: string; responseCode?: number; response?: string; message: string };

/**
 * The class of an SMTP error (delivery.md). `bodyStarted`: the server may have seen the message's end, so a connection
 * that breaks without an answer leaves the outcome unknown; before that, the message is known not to have been taken.
 */
export function classifySmtpError(error: SmtpError, bodyStarted: boolean): SendOutcome {
  const detail = withoutAddresses(error.response ?? error.message);
  const code = error.responseCode;
  if (code === undefined) {
    if (bodyStarted) return { kind: "unknown", reason: "answer_lost", detail };
    // Refused before it reached the server: an address that cannot be written into a command, a message that is too large.
    if (error.code === "EENVELOPE" || error.code === "EMESSAGE")
      return { kind: "failed", reason: "rejected", detail, suppress: false };
    return { kind: "again", reason: "temporary", detail, afterMs: null };
  }
  const enhanced = /^\d{3}[ -](\d\.\d{1,3})\.\d{1,3}\b/.exec(error.response ?? "")?.[1];
  if (isSetUp(code, enhanced)) return configuration(detail, true);
  if (code >= 400 && code < 500)
    return { kind: "again", reason: THROTTLES.has(code) ? "throttled" : "temporary", detail, afterMs: null };
  if (enhanced === "5.1") return { kind: "failed", reason: "address_refused", detail, suppress: true };
  return { kind: "failed", reason: "rejected", detail, suppress: false };
}

/** The class of an error while connecting, greeting or signing in: no message was touched. */
export function classifyConnectError(error: SmtpError, server: string): SendOutcome {
  const detail = withoutAddresses(error.response ?? error.message);
  if (error.code === "EAUTH" || error.code === "ENOAUTH" || (error.responseCode ?? 0) >= 500)
    return configuration(detail, false);
  const sentence = advice[error.code ?? ""];
  if (sentence)
    return {
      kind: "configuration",
      scope: "account",
      detail,
      sentence: sentence(server, error.message),
      begun: false,
    };
  return {
    kind: "unreachable",
    detail,
    sentence: `The mail server ${server} cannot be reached. Messages wait and go out when it answers again.`,
  };
}

const THROTTLES = new Set([421, 450, 451, 454]);
const CREDENTIALS = new Set([530, 534, 535, 538]);

const isSetUp = (code: number, enhanced: string | undefined): boolean =>
  CREDENTIALS.has(code) || (code >= 500 && enhanced === "5.7");

const configuration = (detail: string, begun: boolean): SendOutcome => ({
  kind: "configuration",
  scope: "account",
  begun,
  detail,
  sentence: `The mail server refuses to send for this account (“${detail}”). Nothing was lost: correct SMTP_URL or the account, then resume.`,
});

const advice: Record<string, (server: string, words: string) => string> = {
  EPRIVATE: (_, words) => words,
  ENOTFOUND: (server) =>
    `The mail server’s name ${server} is not known. Nothing was lost: correct it, then resume.`,
  EDNS: (server) =>
    `The mail server's name ${server} is not known. Nothing was lost: correct SMTP_URL, then resume.`,
  ETLS: (server) =>
    `No secure connection to the mail server ${server} was possible. Nothing was lost: correct SMTP_URL or the server's certificate, then resume.`,
};

/** A provider's words without e-mail addresses (results cannot be erased), on one line, short. */
function withoutAddresses(words: string): string {
  return words
    .replace(/[^\s<>()"',;:]+@[^\s<>()"',;:]+/g, "[address]")
    .replace(/\s+/g, " ")
    .trim()
    .slice(0, 300);
}
