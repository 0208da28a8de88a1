import { z } from "zod";
import { type Transaction, withTransaction } from "@/db/transaction";
import { readClock } from "@/server/platform/clock";
import type { Context } from "@/server/platform/context";
import { changeCallback, dropHold, lockCallback } from "./change";
import { clocksOfSlot } from "./clocks";
import { requireLead } from "./close";
import { requireHold } from "./hold";
import { movePresence } from "./presence";
import { slotSchema } from "./schemas";
import { requireUsable } from "./usable-slot";

export const scheduleInput = z.object({
  callbackId: z.string(),
  generation: z.number().int().nullish(),
  slot: slotSchema,
});
export type ScheduleInput = z.input<typeof scheduleInput>;

/**
 * Promises the customer a time. Every clock waits for it, and the promise has one of its own.
 * @throws AppError BAD_INPUT for a time that has passed or at which the customer may not be called; CONFLICT; NOT_FOUND
 */
export function scheduleCallback(ctx: Context, input: ScheduleInput): Promise<void> {
  const { callbackId, generation, slot } = scheduleInput.parse(input);
  return withTransaction(ctx, async (tx) => {
    if (generation != null) await requireHold(tx, ctx, { callbackId, generation });
    else if (ctx.actor.kind !== "customer") requireLead(ctx);
    await scheduleIn(tx, ctx, { callbackId, slot, fromHand: generation != null });
  });
}

type Scheduling = { callbackId: string; slot: { start: Date; end: Date }; fromHand: boolean };

/** The same in the caller's transaction, for who may. */
export async function scheduleIn(
  tx: Transaction,
  ctx: Context,
  { callbackId, slot, fromHand }: Scheduling,
): Promise<void> {
  const row = await lockCallback(tx, ctx, { id: callbackId, verb: "schedule" });
  const now = await readClock(tx);
  await requireUsable(tx, ctx, { called: row, slot, now });
  await dropHold(tx, ctx, row.id);
  if (fromHand) await movePresence(tx, ctx, "available");
  await clocksOfSlot(tx, ctx, row, { at: now, slot });
  await changeCallback(tx, ctx, {
    id: row.id,
    kind: row.slots === 0 ? "scheduled" : "rescheduled",
    set: {
      status: "scheduled",
      slot_start: slot.start.toISOString(),
      slot_end: slot.end.toISOString(),
      slots: row.slots + 1,
      not_before: slot.start.toISOString(),
    },
  });
}
