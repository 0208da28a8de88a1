import type { z } from "zod";
import { withTransaction } from "@/db/transaction";
import { readClock } from "@/server/platform/clock";
import type { Context } from "@/server/platform/context";
import { withinBook } from "./book";
import { slots } from "./next-due";
import { datesInput } from "./schemas";
import { ownWorkspace } from "./snapshot";
import { requireReader } from "./transition";

/**
 * The next times of a schedule, saved or not, at most five: by the function that launches. `key` is the local time, `at` the
 * instant at which it begins. @throws AppError FORBIDDEN
 */
export async function scheduleDates(ctx: Context, input: z.input<typeof datesInput>) {
  requireReader(ctx);
  const asked = datesInput.parse(input);
  const campaign = { ...asked, audience: withinBook(ctx, asked.audience) };
  return withTransaction(ctx, async (tx) => {
    const { timeZone } = await ownWorkspace(tx, ctx);
    return slots(tx, ctx, { campaign, zone: timeZone, after: await readClock(tx), most: 5 });
  });
}
