import type { SendOutcome } from "@/server/channels";
import type { Channel } from "@/server/channels/status";
import type { Lease } from "./lease";
import type { Member } from "./member";
import { nothingMore, type ResultRow } from "./record-results";
import { MOST_ATTEMPTS, MOST_THROTTLES, NOT_NOW_MS, retryDelay } from "./retries";
import type { Reason } from "./status";

type Told = Pick<ResultRow, "state"> & Partial<ResultRow>;

/** A message that was handed over, and what it was to cost (micro-units). */
export type HandedOver = { member: Member; price: bigint; channel: Channel };

/** The ledger's row for what a channel said; null when the message was not handed over and nothing is to be kept. */
export function toResult(
  { member, price, channel }: HandedOver,
  outcome: SendOutcome,
  onUnknown: Lease["onUnknown"],
): ResultRow | null {
  const attempts = member.attempts + 1;
  const row = (told: Told): ResultRow => ({ ...rowOf(member), attempts, ...told });
  const again = (reason: Reason, detail: string, hintMs: number | null): ResultRow =>
    attempts >= (reason === "throttled" ? MOST_THROTTLES : MOST_ATTEMPTS)
      ? row({ state: "failed", reason: "gave_up", detail })
      : row({ state: "retrying", reason, detail, delayMs: retryDelay(attempts, hintMs) });

  switch (outcome.kind) {
    case "accepted":
      return row({
        state: outcome.delivered ? "delivered" : "sent",
        providerMessageId: outcome.providerMessageId,
        // WhatsApp is billed when it is delivered, the others when they are accepted.
        ...(outcome.delivered || channel !== "whatsapp" ? { cost: price } : { quoted: price }),
      });
    case "failed":
      return row({ state: "failed", reason: outcome.reason, detail: outcome.detail });
    case "again":
      // Not refused, only not now: the wait is the provider's, and the try does not count.
      if (outcome.reason === "not_now")
        return row({
          state: "held",
          reason: "not_now",
          detail: outcome.detail,
          delayMs: outcome.afterMs ?? NOT_NOW_MS,
          attempts: member.attempts,
        });
      return again(outcome.reason, outcome.detail, outcome.afterMs);
    case "unknown":
      return onUnknown === "resend"
        ? again("answer_lost", outcome.detail, null)
        : row({ state: "unknown", reason: outcome.reason, detail: outcome.detail, quoted: price });
    case "configuration":
      if (!outcome.begun) return null;
      // Due at once: it goes as soon as the campaign is resumed, and the try does not count.
      return row({
        state: "held",
        reason: "configuration",
        detail: outcome.detail,
        delayMs: 0,
        attempts: member.attempts,
      });
    case "unprepared":
    case "unreachable":
    case "not_started":
      return null;
  }
}

const rowOf = (member: Pick<Member, "seq" | "variant" | "attempts">) => ({
  ...nothingMore,
  seq: member.seq,
  variant: member.variant,
  attempts: member.attempts,
});

/** The row of a rule that said no. */
export const toSkipped = (member: Member, reason: Reason, saw: string): ResultRow => ({
  ...rowOf(member),
  state: "skipped",
  reason,
  detail: saw,
});

/** The row of a rule that said not now. */
export const toHeld = (member: Member, held: { reason: Reason; saw: string; until: Date }): ResultRow => ({
  ...rowOf(member),
  state: "held",
  reason: held.reason,
  detail: held.saw,
  notBefore: held.until,
});

/** The row of a member whose turn was cut short after later ones had gone: it comes back at once. */
export const toInterrupted = (member: Pick<Member, "seq" | "variant" | "attempts">): ResultRow => ({
  ...rowOf(member),
  state: "held",
  reason: "interrupted",
  delayMs: 0,
});

/** The row of a member whose provider answered for an earlier attempt meanwhile: the events say what became of it. */
export const toAnswered = (member: Member): ResultRow => ({
  ...rowOf(member),
  state: "cancelled",
  reason: "answered",
});
