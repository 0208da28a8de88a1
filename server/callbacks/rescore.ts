import { sql } from "drizzle-orm";
import type { Transaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { appendClockEvents, choosePolicy } from "@/server/sla";
import { type CallbackRow, type Change, changeCallback } from "./change";
import { orderKeyOf, scoreOf } from "./score";

/**
 * Writes what changed of a locked request, `row` as it shall be, with the score that it has now. A new category has new
 * targets: elapsed time is kept, what is left is recomputed (`sla.md`).
 */
export async function rescore(
  tx: Transaction,
  ctx: Context,
  row: CallbackRow,
  { kind, set }: Pick<Change, "kind" | "set">,
): Promise<void> {
  const { sum, priority } = scoreOf(row);
  const order_key = orderKeyOf(sum, new Date(row.createdAt));
  await changeCallback(tx, ctx, { id: row.id, kind, set: { ...set, sum, priority, order_key } });
  await retarget(tx, ctx, { ...row, priority });
}

async function retarget(tx: Transaction, ctx: Context, row: CallbackRow): Promise<void> {
  const policy = await choosePolicy(tx, ctx, row);
  const targets = policy.definition.targets[row.priority];
  const { policyId, policyVersion, calendarId, calendarVersion } = policy;
  const clocks = await tx.execute<{
    metric: "first_attempt" | "first_contact" | "resolution";
    at: string;
  }>(sql`
    select metric, greatest(started_at, clock_now())::text as at from sla_clocks
    where workspace_id = ${ctx.workspaceId} and callback_id = ${row.id} and cycle = ${row.cycle} and status <> 'stopped'
      and metric <> 'promise' order by metric`);
  await appendClockEvents(tx, ctx, {
    callbackId: row.id,
    cycle: row.cycle,
    events: clocks.map(({ metric, at }) => ({
      metric,
      kind: "retarget",
      at: new Date(at),
      targetMs: 60_000 * (metric === "resolution" ? targets.resolutionMinutes : targets.firstAttemptMinutes),
      policyId,
      policyVersion,
      calendarId,
      calendarVersion,
    })),
  });
}
