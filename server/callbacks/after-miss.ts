import type { Transaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { dialOpensAt } from "@/server/telephony";
import { type CallbackRow, changeCallback, dropHold } from "./change";
import { clocksOfEnd, clocksOfWaiting } from "./clocks";
import { readDialHours } from "./dial-window";
import { sendCallbackMessage } from "./messages/send";
import { nextAttempt, numberRests } from "./next-attempt";
import { restNumber } from "./rest-number";
import type { Outcome } from "./status";
import { readTries, readTriesBeside } from "./tries";

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
  const tried = await readTries(tx, ctx, row);
  const beside = await readTriesBeside(tx, ctx, row, now);
  const { zone, window } = await readDialHours(tx, ctx, row);
  const next = wrong ? null : nextAttempt(tried, endedAt.getTime(), { zone, beside });
  const at = next === null ? null : new Date(dialOpensAt(window, Math.max(next, now.getTime()), zone));
  await dropHold(tx, ctx, row.id);
  // All clocks before any topic: whoever looks at clocks that are due locks them in this order.
  if (at === null) await clocksOfEnd(tx, ctx, row, now);
  else await clocksOfWaiting(tx, ctx, row, { at: now, until: at });
  const last = tried.at(-1);
  // A wrong number rings somebody else, and a call that failed nobody: neither says anything of the number's other requests.
  if (last && !wrong && outcome !== "failed") {
    const rests = numberRests([...tried, ...beside], { next, ended: endedAt.getTime() }, { zone });
    await restNumber(tx, ctx, row, { begun: new Date(last.at), at: now, until: new Date(rests) });
  }
  const about = { callbackId: row.id, customerId: row.customerId, nth: row.cycle };
  if (at === null) {
    const status = wrong ? "cancelled" : "expired";
    await changeCallback(tx, ctx, {
      id: row.id,
      kind: status,
      set: { status, closed_at: now.toISOString() },
      detail: { ...detail, reason: wrong ? "wrong_number" : "not_reached" },
    });
    if (!wrong) await sendCallbackMessage(tx, ctx, "not_reached", about);
    return { next: status };
  }
  await changeCallback(tx, ctx, {
    id: row.id,
    kind: "not_reached",
    set: { status: row.assigneeId ? "assigned" : "pending", not_before: at.toISOString() },
    detail,
  });
  // Nobody is told that they were not reached as long as that is not known.
  const misses = tried.filter((each) => each.known).length;
  if (outcome !== null && misses === 1) await sendCallbackMessage(tx, ctx, "booking_link", about);
  return { next: "again", at };
}
