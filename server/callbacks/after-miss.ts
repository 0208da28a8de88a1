import { sql } from "drizzle-orm";
import type { Transaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { dialOpensAt } from "@/server/telephony";
import { type CallbackRow, changeCallback, dropHold } from "./change";
import { clocksOfEnd, clocksOfWaiting } from "./clocks";
import { readDialHours } from "./dial-window";
import { sendCallbackMessage } from "./messages/send";
import { nextAttempt, type Tried } from "./next-attempt";
import type { Outcome } from "./status";

type Miss = {
  row: CallbackRow;
  now: Date;
  detail: Record<string, unknown>;
  /** Null: how it went is not known; it counts as a try that nobody answered. */
  outcome: Outcome | null;
  /** When the try ended, where that is not now; the wait until the next one counts from then. */
  endedAt?: Date;
};

export type AfterMiss =
  /** Back in the queue; it comes up at `at`. */
  { next: "again"; at: Date } | { next: "expired" | "cancelled" };

/** What follows a settled try that reached nobody (`sla.md`, Attempts): another one later, or the end. */
export async function afterMiss(
  tx: Transaction,
  ctx: Context,
  { row, now, detail, outcome, endedAt = now }: Miss,
): Promise<AfterMiss> {
  const wrong = outcome === "wrong_number";
  const tried = await tx.execute<{ at: string; outcome: Outcome | null }>(sql`
    select started_at::text as at, outcome from callback_attempts
    where workspace_id = ${ctx.workspaceId} and callback_id = ${row.id} and (outcome is not null or state = 'unknown')
      and started_at >= coalesce((select max(at) from callback_activities where workspace_id = ${ctx.workspaceId}
        and callback_id = ${row.id} and kind = 'reopened'), '-infinity')
      and not (via <> 'tel' and state = 'failed') -- the bridge never rang the customer
    order by started_at`);
  const tries: Tried[] = tried.map((each) => ({
    at: new Date(each.at).getTime(),
    outcome: each.outcome ?? "no_answer",
  }));
  const { zone, window } = await readDialHours(tx, ctx, row);
  const next = wrong ? null : nextAttempt(tries, endedAt.getTime(), { zone });
  const at = next === null ? null : new Date(dialOpensAt(window, Math.max(next, now.getTime()), zone));
  await dropHold(tx, ctx, row.id);
  const about = { callbackId: row.id, customerId: row.customerId, nth: row.cycle };
  if (at === null) {
    const status = wrong ? "cancelled" : "expired";
    await clocksOfEnd(tx, ctx, row, now);
    await changeCallback(tx, ctx, {
      id: row.id,
      kind: status,
      set: { status, closed_at: now.toISOString() },
      detail: { ...detail, reason: wrong ? "wrong_number" : "not_reached" },
    });
    if (!wrong) await sendCallbackMessage(tx, ctx, "not_reached", about);
    return { next: status };
  }
  await clocksOfWaiting(tx, ctx, row, { at: now, until: at });
  await changeCallback(tx, ctx, {
    id: row.id,
    kind: "not_reached",
    set: { status: row.assigneeId ? "assigned" : "pending", not_before: at.toISOString() },
    detail,
  });
  // Nobody is told that they were not reached as long as that is not known.
  const misses = tried.filter((each) => each.outcome !== null).length;
  if (outcome !== null && misses === 1) await sendCallbackMessage(tx, ctx, "booking_link", about);
  return { next: "again", at };
}
