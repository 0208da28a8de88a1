import { withHotTransaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";

const BATCH_SIZE = 1_000;
/** A morning may bring a million: they are sealed a part at a time. */
const MOST_AT_ONCE = 10_000;

/**
 * Seals a run's new live entries, which count as targeted from then on, and its held and retrying executions that are due into batches that can be leased, each of one channel, step and kind:
 * batch and members in one transaction. Only while the campaign is active. Returns how many were sealed.
 */
export function sealDue({ workspaceId }: Context, { runNumber }: { runNumber: number }): Promise<number> {
  return withHotTransaction(workspaceId, async (sql) => {
    // The run's row is the lock that keeps batch numbers apart. Both statements travel together: the second sees what was
    // committed when the first had its lock.
    const [, [sealed]] = await Promise.all([
      sql`
        select from campaign_runs where number = ${runNumber} and workspace_id = ${workspaceId} for update`,
      sql<{ count: number }[]>`
      with taken as (
        delete from executions_due d using (
          select run_number, seq from executions_due
          where run_number = ${runNumber} and not_before <= clock_now() and exists (
            select from campaign_runs r join campaigns c on c.id = r.campaign_id where r.number = ${runNumber}
              and r.workspace_id = ${workspaceId} and r.status = 'active' and c.status = 'active')
          order by run_number, seq limit ${MOST_AT_ONCE}) due
        where d.run_number = due.run_number and d.seq = due.seq
        returning d.part, d.run_number, d.workspace_id, d.seq, d.state),
      -- Each is looked up by its key: how many there are, a planner guesses from the limit, and reads all that a run ever let in.
      placed as (
        select t.*, e.channel, e.step,
          (row_number() over (partition by t.state, e.channel, e.step order by t.seq) - 1) / ${BATCH_SIZE}::int as batch
        from taken t cross join lateral (
          select x.channel, x.step from executions x
          where x.part = t.part and x.run_number = t.run_number and x.seq = t.seq limit 1) e),
      grouped as (
        select part, workspace_id, state, channel, array_agg(seq order by seq) as seqs from placed
        group by part, workspace_id, state, channel, step, batch),
      targeted as (
        update campaign_runs set audience_size = audience_size + (select count(*) from taken where state = 'pending')
        where number = ${runNumber} and exists (select from taken where state = 'pending')),
      sealed as (
        insert into execution_batches (run_number, batch_number, part, workspace_id, campaign_id, channel, first_seq, seqs,
          kind, size)
        select r.number, (select coalesce(max(batch_number), 0) from execution_batches b where b.run_number = r.number)
            + row_number() over (order by g.state, g.channel, g.seqs[1]), g.part, g.workspace_id, r.campaign_id, g.channel,
          g.seqs[1], g.seqs, g.state, cardinality(g.seqs)
        from grouped g join campaign_runs r on r.number = ${runNumber}
        returning size),
      counted as (select coalesce(sum(size), 0)::int as count from sealed)
      select count, case when count > 0 then pg_notify('ringback_batches', ${String(runNumber)}) end from counted`,
    ]);
    return sealed?.count ?? 0;
  });
}
