import { sql } from "drizzle-orm";
import type { Transaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { type CallbackRow, changeCallback, rowColumns } from "./change";
import { clocksOfRest } from "./clocks";

/**
 * Nobody answered the number at a try that began at `begun`: the other requests of it that wait are not tried before `until`
 * (`sla.md`: at most one try an hour, three a day), and their clocks wait for the customer. A promised time stays, and what
 * was asked since then is called. One that somebody else is changing at this moment is passed over: to wait for them, with
 * this one locked, could be for ever.
 */
export async function restNumber(
  tx: Transaction,
  ctx: Context,
  { id, phone }: Pick<CallbackRow, "id" | "phone">,
  { begun, at, until }: { begun: Date; at: Date; until: Date },
): Promise<void> {
  if (until <= at) return;
  const others = await tx.execute<CallbackRow>(sql`
    select ${rowColumns} from callback_requests r
    where r.workspace_id = ${ctx.workspaceId} and r.phone = ${phone} and r.id <> ${id}
      and r.status in ('pending', 'assigned') and r.not_before < ${until.toISOString()}::timestamptz
      and not exists (select from callback_asks k where k.workspace_id = r.workspace_id and k.callback_id = r.id
        and k.at > ${begun.toISOString()}::timestamptz)
      -- Given back within its promised time, it waits like any other.
      and not exists (select from sla_clocks p where p.workspace_id = r.workspace_id and p.callback_id = r.id
        and p.metric = 'promise' and p.cycle = r.slots and p.status <> 'stopped')
    order by r.id for update skip locked`);
  // All clocks before any topic: whoever looks at clocks that are due locks them in this order.
  for (const other of others) await clocksOfRest(tx, ctx, other, { at, until });
  for (const other of others)
    await changeCallback(tx, ctx, {
      id: other.id,
      kind: "number_rests",
      set: { not_before: until.toISOString() },
    });
}
