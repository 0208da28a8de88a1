import type { Transaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { AppError } from "@/server/platform/errors";
import { dialOpensAt } from "@/server/telephony";
import { type Called, momentIn, readDialHours } from "./dial-window";

type Asked = { called: Called; slot: { start: Date; end: Date }; now: Date };

/**
 * What is promised must be allowed when it comes: the hours are those that the call itself will be held to.
 * @throws AppError BAD_INPUT for a time that has passed, or at which the customer may not be called about this topic
 */
export async function requireUsable(
  tx: Transaction,
  ctx: Context,
  { called, slot, now }: Asked,
): Promise<void> {
  if (slot.start <= now) throw new AppError("BAD_INPUT", "Choose a time that lies ahead.", { field: "slot" });
  const { zone, window } = await readDialHours(tx, ctx, called);
  const opens = dialOpensAt(window, slot.start.getTime(), zone);
  if (opens === slot.start.getTime()) return;
  throw new AppError(
    "BAD_INPUT",
    `This customer may not be called about this then. The hours open next at ${momentIn(zone, opens)}.`,
    { field: "slot" },
  );
}
