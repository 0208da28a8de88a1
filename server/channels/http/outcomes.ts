import { clean, type Exchange, type HttpAnswer, retryAfter } from "@/server/platform/provider-client";
import type { SendOutcome } from "../adapter";

/**
 * The class of a call that got no answer (delivery.md): unknown once the request had left, because none of these providers
 * has an idempotency key; else the provider could not be reached and nothing was taken.
 */
export function lost(exchange: Extract<Exchange, { ok: false }>, provider: string): SendOutcome {
  const detail = `${exchange.code}: ${clean(exchange.message)}`;
  if (exchange.handedOver) return { kind: "unknown", reason: "answer_lost", detail };
  return {
    kind: "unreachable",
    detail,
    sentence: `${provider} cannot be reached. Messages wait and go out when it answers again.`,
  };
}

/**
 * What an HTTP status says whatever stands in the body: null where the body has to be read. A 5xx after the whole request
 * was sent leaves the outcome unknown.
 */
export function byStatus(answer: HttpAnswer): SendOutcome | null {
  const detail = `HTTP ${answer.status}`;
  if (answer.status >= 500) return { kind: "unknown", reason: "answer_lost", detail };
  if (answer.status === 429)
    return { kind: "again", reason: "throttled", detail, afterMs: retryAfter(answer) };
  if (answer.status === 408) return { kind: "again", reason: "temporary", detail, afterMs: null };
  return null;
}
