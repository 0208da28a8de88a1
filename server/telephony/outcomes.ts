import { clean, type Exchange, type HttpAnswer } from "@/server/platform/provider-client";
import type { PlaceOutcome } from "./adapter";

/** A request that got no answer: unknown once it had left, because neither provider has a key for repeats. */
export function lost(exchange: Extract<Exchange, { ok: false }>, provider: string): PlaceOutcome {
  const detail = `${exchange.code}: ${clean(exchange.message)}`;
  if (exchange.handedOver) return { kind: "unknown", detail };
  return {
    kind: "refused",
    reason: "unreachable",
    detail,
    sentence: `${provider} cannot be reached, so nobody was called. Try again in a minute.`,
  };
}

/** What an HTTP status says whatever stands in the body; null where the body has to be read. */
export function byStatus(answer: HttpAnswer, provider: string): PlaceOutcome | null {
  const detail = `HTTP ${answer.status}`;
  if (answer.status >= 500 || answer.status === 408) return { kind: "unknown", detail };
  if (answer.status === 429)
    return {
      kind: "refused",
      reason: "throttled",
      detail,
      sentence: `${provider} takes no more calls this minute, so nobody was called. Try again in a minute.`,
    };
  if (answer.status === 401)
    return {
      kind: "refused",
      reason: "account",
      detail,
      sentence: `${provider} refused the credentials of the account. An administrator can correct them under Settings, Telephony.`,
    };
  return null;
}
