import type { Sql } from "postgres";
import { withHotTransaction } from "@/db/transaction";
import { type FallBack, runContentSchema } from "@/server/campaigns/content";
import type { Context } from "@/server/platform/context";

const BATCH_SIZE = 1_000;

type Run = {
  part: number;
  live: boolean;
  campaign: string;
  fall_back: FallBack | null;
  content: unknown;
  size: number;
};

/**
 * Makes the next step of messages for which no receipt came in time, or that failed: executions of their own on the
 * fall-back's channel, sealed in one batch with the transaction that makes them. A receipt is recorded under the same lock:
 * it comes before, and there is no step, or after, and the step's own rule lets it rest. Returns how many were made.
 */
export function fallBack(ctx: Context, { runNumber }: { runNumber: number }): Promise<number> {
  return withHotTransaction(ctx.workspaceId, async (sql) => {
    // The run's row keeps batch and sequence numbers apart.
    const [run] = await sql<Run[]>`
      select r.part, r.live, r.campaign_id as campaign, c.fall_back, r.content, r.audience_size + r.held_out_size as size
      from campaign_runs r join campaigns c on c.id = r.campaign_id
      where r.number = ${runNumber} and r.workspace_id = ${ctx.workspaceId} and r.status = 'active'
        and c.status = 'active' for update of r`;
    if (!run) return 0;
    await sql`select pg_advisory_xact_lock(hashtextextended(${`recounting:${runNumber}`}, 0))`;
    const due = await takeDue(sql, runNumber);
    const channel = run.fall_back?.channel;
    if (due.length === 0 || !channel || !speaks(run.content, channel)) return 0;
    const made = await sql<{ seq: number }[]>`
      insert into executions (part, run_number, seq, workspace_id, customer_id, occurrence, step, variant, channel)
      select e.part, e.run_number, ${run.live ? sql`nextval('live_executions')` : sql`${run.size}::int + row_number() over (order by e.seq)`},
        e.workspace_id, e.customer_id,
        e.occurrence, e.step + 1, e.variant, ${channel}::text
      from executions e
      where e.part = ${run.part} and e.run_number = ${runNumber} and e.seq = any(${due}::int[])
        and not exists (select from execution_outcomes o where o.part = e.part and o.run_number = e.run_number
          and o.seq = e.seq and o.state in ('delivered', 'read'))
      returning seq`;
    if (made.length === 0) return 0;
    const seqs = made.map(({ seq }) => seq).sort((a, b) => a - b);
    await sql`
      insert into execution_batches (run_number, batch_number, part, workspace_id, campaign_id, channel, first_seq, seqs, size)
      select ${runNumber}, coalesce(max(batch_number), 0) + 1, ${run.part}, ${ctx.workspaceId}, ${run.campaign},
        ${channel}, ${seqs[0] ?? 0}, ${run.live ? seqs : null}::int[], ${made.length}
      from execution_batches where run_number = ${runNumber}`;
    await sql`
      update campaign_runs set audience_size = audience_size + ${made.length} where number = ${runNumber}`;
    await sql`select pg_notify('ringback_batches', ${String(runNumber)})`;
    return made.length;
  });
}

/** Whether the run says anything on the channel, in any variant. */
function speaks(content: unknown, channel: "sms"): boolean {
  const { bodies, variants } = runContentSchema.parse(content);
  return [bodies, ...variants.map((variant) => variant.bodies)].some((said) => said?.[channel]);
}

async function takeDue(sql: Sql, runNumber: number): Promise<number[]> {
  const rows = await sql<{ seq: number }[]>`
    delete from fall_backs_due f using (
      select run_number, seq from fall_backs_due where run_number = ${runNumber} and not_before <= clock_now()
      order by not_before, seq limit ${BATCH_SIZE}) due
    where f.run_number = due.run_number and f.seq = due.seq returning f.seq`;
  return rows.map(({ seq }) => seq);
}
