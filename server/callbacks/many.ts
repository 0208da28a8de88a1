import { z } from "zod";
import type { Context } from "@/server/platform/context";
import { AppError } from "@/server/platform/errors";
import { assignCallback } from "./assign";
import { cancelCallback, requireLead } from "./close";
import { scheduleCallback } from "./schedule";
import { slotSchema } from "./schemas";
import { cancelReasons } from "./status";

const MOST_AT_ONCE = 200;

export const changeManyInput = z.object({
  callbackIds: z.array(z.string()).min(1).max(MOST_AT_ONCE),
  change: z.discriminatedUnion("do", [
    z.object({ do: z.literal("assign"), membershipId: z.string().nullable() }),
    z.object({ do: z.literal("reschedule"), slot: slotSchema }),
    z.object({ do: z.literal("cancel"), reason: z.enum(cancelReasons) }),
  ]),
});
export type ChangeManyInput = z.input<typeof changeManyInput>;

/** What became of one row; `reason` is a sentence for who asked. */
export type RowResult =
  | { callbackId: string; done: true }
  | { callbackId: string; done: false; reason: string };

/**
 * The same change for many requests, each in a transaction of its own: one that cannot be changed does not hold up the
 * others, and says why. @throws AppError FORBIDDEN
 */
export async function changeManyCallbacks(ctx: Context, input: ChangeManyInput): Promise<RowResult[]> {
  requireLead(ctx);
  const { callbackIds, change } = changeManyInput.parse(input);
  const results: RowResult[] = [];
  for (const callbackId of new Set(callbackIds)) {
    try {
      if (change.do === "assign")
        await assignCallback(ctx, { callbackId, membershipId: change.membershipId });
      else if (change.do === "reschedule") await scheduleCallback(ctx, { callbackId, slot: change.slot });
      else await cancelCallback(ctx, { callbackId, reason: change.reason });
      results.push({ callbackId, done: true });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      results.push({ callbackId, done: false, reason: error.message });
    }
  }
  return results;
}
