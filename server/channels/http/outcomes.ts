import type { SendOutcome } from "../adapter";
import type { Exchange, HttpAnswer } from "./client";

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

/** The provider's hint in ms, where it gave one in seconds; an HTTP date is not used by any of them. */
export function retryAfter(answer: HttpAnswer): number | null {
  const seconds = Number(answer.headers["retry-after"]);
  return Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds, 3_600) * 1_000 : null;
}

/** The body as an object; null for anything else. */
export function readJson(answer: HttpAnswer): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(answer.body);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

/** A provider's words on one line, without addresses, numbers of people or links (results cannot be erased). */
export function clean(words: string): string {
  return words
    .replace(/https?:\/\/\S+/g, "[link]")
    .replace(/[^\s<>()"',;:]+@[^\s<>()"',;:]+/g, "[address]")
    .replace(/\+?\d{8,15}/g, "[number]")
    .replace(/\s+/g, " ")
    .trim()
    .slice(0, 300);
}
