import { sql } from "drizzle-orm";
import type { Transaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { type CallbackRow, changeCallback, rowColumns } from "./change";
import { clocksOfRest } from "./clocks";

/**
 * Nobody answered the number: the other requests of it that wait are not tried before `until` (`sla.md`: at most one try an
 * hour, three a day), and their clocks wait for the customer. A promised time stays, and who asks anew is called. One that
 * somebody else is changing at this moment is passed over: to wait for them, with this one locked, could be for ever.
 */
export async function restNumber(
  tx: Transaction,
  ctx: Context,
  { id, phone }: Pick<CallbackRow, "id" | "phone">,
  { at, until }: { at: Date; until: Date },
): Promise<void> {
  if (until <= at) return;
  const others = await tx.execute<CallbackRow>(sql`
    select ${rowColumns} from callback_requests r
    where r.workspace_id = ${ctx.workspaceId} and r.phone = ${phone} and r.id <> ${id}
      and r.status in ('pending', 'assigned') and r.not_before < ${until.toISOString()}::timestamptz
    order by r.id for update skip locked`);
  for (const other of others) {
    await clocksOfRest(tx, ctx, other, { at, until });
    await changeCallback(tx, ctx, {
      id: other.id,
      kind: "number_rests",
      set: { not_before: until.toISOString() },
    });
  }
}
