import type { Transaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { AppError } from "@/server/platform/errors";
import { zoneOf } from "./attempt";
import { mayDial } from "./next-attempt";

type Asked = { customerId: string | null; slot: { start: Date; end: Date }; now: Date };

/** @throws AppError BAD_INPUT for a time that has passed, or at which the customer may not be called */
export async function requireUsable(
  tx: Transaction,
  ctx: Context,
  { customerId, slot, now }: Asked,
): Promise<void> {
  if (slot.start <= now) throw new AppError("BAD_INPUT", "Choose a time that lies ahead.", { field: "slot" });
  if (mayDial(slot.start.getTime(), await zoneOf(tx, ctx, customerId))) return;
  throw new AppError("BAD_INPUT", "Choose a time between 9:00 and 21:00 in the customer's time zone.", {
    field: "slot",
  });
}
