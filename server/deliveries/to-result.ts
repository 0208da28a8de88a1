import type { SendOutcome } from "@/server/channels";
import type { Lease } from "./lease";
import type { Member } from "./load-members";
import type { ResultRow } from "./record-results";
import { MOST_ATTEMPTS, retryDelay } from "./retries";
import type { Reason } from "./status";

type Told = Pick<ResultRow, "state"> & Partial<ResultRow>;

/** The ledger's row for what a channel said; null when the message was not handed over and nothing is to be kept. */
export function toResult(
  member: Member,
  outcome: SendOutcome,
  onUnknown: Lease["onUnknown"],
): ResultRow | null {
  const attempts = member.attempts + 1;
  const row = (told: Told): ResultRow => ({
    seq: member.seq,
    variant: member.variant,
    reason: null,
    detail: null,
    providerMessageId: null,
    delayMs: null,
    attempts,
    ...told,
  });
  const again = (reason: Reason, detail: string, hintMs: number | null): ResultRow =>
    attempts >= MOST_ATTEMPTS
      ? row({ state: "failed", reason: "gave_up", detail })
      : row({ state: "retrying", reason, detail, delayMs: retryDelay(attempts, hintMs) });

  switch (outcome.kind) {
    case "accepted":
      return row({
        state: outcome.delivered ? "delivered" : "sent",
        providerMessageId: outcome.providerMessageId,
      });
    case "failed":
      return row({ state: "failed", reason: outcome.reason, detail: outcome.detail });
    case "again":
      return again(outcome.reason, outcome.detail, outcome.afterMs);
    case "unknown":
      return onUnknown === "resend"
        ? again("answer_lost", outcome.detail, null)
        : row({ state: "unknown", reason: outcome.reason, detail: outcome.detail });
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
    case "unreachable":
    case "not_started":
      return null;
  }
}

/** The row of a rule that said no. */
export const toSkipped = (member: Member, reason: Reason, saw: string): ResultRow => ({
  seq: member.seq,
  variant: member.variant,
  state: "skipped",
  reason,
  detail: saw,
  providerMessageId: null,
  delayMs: null,
  attempts: member.attempts,
});

/** The row of a member whose turn was cut short after later ones had gone: it comes back at once. */
export const toInterrupted = (member: Pick<Member, "seq" | "variant" | "attempts">): ResultRow => ({
  seq: member.seq,
  variant: member.variant,
  state: "held",
  reason: "interrupted",
  detail: null,
  providerMessageId: null,
  delayMs: 0,
  attempts: member.attempts,
});
