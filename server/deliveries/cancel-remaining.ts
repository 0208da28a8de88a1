import { sql } from "drizzle-orm";
import type { Sql } from "postgres";
import { withHotTransaction, withTransaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { bumpTopics } from "@/server/platform/realtime";
import { advanceWithin, type BatchKey, LEASE_MS, membersBetween } from "./lease";
import { leaseBatch } from "./lease-batch";
import { thisOwner } from "./owner";
import { nothingMore, type ResultRow, recordResults } from "./record-results";

/** Results for due rows need an attempt's number that no batch has (settlements use the others below zero). */
const CANCELLED_WHILE_DUE = -1_000_000;

export type Cancellation = { cancelled: number; stillSending: number };

/**
 * Ends what a cancelled campaign has not sent: every open batch that nobody holds any more, and every held or retrying
 * execution. Batches in a worker's hands are counted in `stillSending`: ask again when the worker has let go of them
 * (it does within a second). Once none is left, the runs are marked cancelled. Asking again changes nothing.
 */
export async function cancelRemaining(
  ctx: Context,
  { campaignId }: { campaignId: string },
): Promise<Cancellation> {
  const batches = await withTransaction(ctx, (tx) =>
    tx.execute<{ runNumber: number; batchNumber: number }>(sql`
      select b.run_number::int as "runNumber", b.batch_number as "batchNumber"
      from execution_batches b join campaigns c on c.id = b.campaign_id
      where b.campaign_id = ${campaignId} and b.workspace_id = ${ctx.workspaceId} and b.status = 'open'
        and c.status = 'cancelled'
      order by 1, 2`),
  );
  let cancelled = 0;
  let stillSending = 0;
  for (const batch of batches) {
    const count = await cancelBatch({ ...batch, workspaceId: ctx.workspaceId });
    if (count === null) stillSending++;
    else cancelled += count;
  }
  if (stillSending === 0) cancelled += await cancelDue(ctx, campaignId);
  await withTransaction(ctx, async (tx) => {
    // Whoever waited for the winner of a test gets nothing any more.
    await tx.execute(sql`
      delete from run_rest_customers w using campaign_runs r join campaigns c on c.id = r.campaign_id
      where w.run_number = r.number and c.status = 'cancelled' and r.campaign_id = ${campaignId}
        and r.workspace_id = ${ctx.workspaceId}`);
    if (stillSending === 0)
      await tx.execute(sql`
        update campaign_runs r set status = 'cancelled', completed_at = clock_now() from campaigns c
        where c.id = r.campaign_id and c.status = 'cancelled' and r.campaign_id = ${campaignId}
          and r.workspace_id = ${ctx.workspaceId} and r.status = 'active'`);
    await bumpTopics(tx, ctx, "campaigns", `campaign:${campaignId}`);
  });
  return { cancelled, stillSending };
}

/** Null when somebody still works on it. */
async function cancelBatch(key: BatchKey): Promise<number | null> {
  // A name of its own: the worker of this process may hold the batch at this moment.
  const holder = { owner: `${thisOwner}:cancel`, leaseMs: LEASE_MS, holds: () => true };
  const lease = await leaseBatch(key, holder, "cancelled");
  if (!lease) return null;
  return withHotTransaction(key.workspaceId, async (tx) => {
    const seqs = [...lease.again, ...membersBetween(lease, lease.cursor, lease.size)];
    const variants = await tx<{ seq: number; variant: number }[]>`
      select seq, variant from executions
      where part = ${lease.part} and run_number = ${lease.runNumber} and seq = any(${seqs}::int[]) order by seq`;
    const rows = variants.map(toCancelled);
    const done = await advanceWithin(tx, lease, { rows, to: lease.size, recorded: lease.size, end: "done" });
    return done ? rows.length : null;
  });
}

/** Cancels what waits in the due list, and what would have gone by another channel later. */
function cancelDue(ctx: Context, campaignId: string): Promise<number> {
  return withHotTransaction(ctx.workspaceId, async (tx: Sql) => {
    await tx`
      delete from fall_backs_due f using campaign_runs r, campaigns c where r.number = f.run_number
        and c.id = r.campaign_id and r.campaign_id = ${campaignId} and c.status = 'cancelled'`;
    const due = await tx<Due[]>`
      with taken as (
        delete from executions_due d using campaign_runs r, campaigns c
        where r.number = d.run_number and c.id = r.campaign_id and r.campaign_id = ${campaignId} and c.status = 'cancelled'
        returning d.run_number, d.part, d.seq, d.state = 'again' as again, d.state = 'pending' as unsealed),
      targeted as (
        update campaign_runs r set audience_size = r.audience_size + u.count
        from (select run_number, count(*) from taken where unsealed group by 1) u where u.run_number = r.number)
      select t.run_number::int as run, t.part, t.again, e.channel,
        array_agg(t.seq order by t.seq) as seqs, array_agg(e.variant order by t.seq) as variants
      from taken t join executions e on e.part = t.part and e.run_number = t.run_number and e.seq = t.seq
      group by 1, 2, 3, 4`;
    let cancelled = 0;
    for (const { run, part, again, channel, seqs, variants } of due) {
      // What a person had sent again stays as it was: its outcome is unknown.
      if (again) continue;
      const rows = seqs.map((seq, index) => toCancelled({ seq, variant: variants[index] ?? 0 }));
      const { workspaceId } = ctx;
      const batchNumber = CANCELLED_WHILE_DUE;
      await recordResults(tx, { part, runNumber: run, workspaceId, campaignId, channel, batchNumber }, rows);
      cancelled += rows.length;
    }
    return cancelled;
  });
}

type Due = {
  run: number;
  part: number;
  again: boolean;
  channel: string;
  seqs: number[];
  variants: number[];
};

const toCancelled = ({ seq, variant }: { seq: number; variant: number }): ResultRow => ({
  ...nothingMore,
  seq,
  variant,
  state: "cancelled",
  reason: "campaign_cancelled",
  attempts: 0,
});
