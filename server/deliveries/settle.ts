import type { Sql } from "postgres";
import { appending, type ResultRow } from "./record-results";

/** The attempt number of settlements: an execution is settled once. */
const SETTLEMENT = -1;

export type SettledRun = {
  part: number;
  runNumber: number;
  workspaceId: string;
  campaignId: string;
  channel: string;
};

/**
 * Appends what became known later about executions whose outcome was unknown, and moves them in the roll-ups: out of the
 * quarter in which they were counted as unknown, into the present one. Rows whose state is another meanwhile are left
 * alone. Runs in the caller's transaction; returns how many were settled.
 */
export async function settleRows(sql: Sql, run: SettledRun, rows: ResultRow[]): Promise<number> {
  if (rows.length === 0) return 0;
  const open = await sql<{ seq: number }[]>`
    select u.seq from execution_results u
    where u.part = ${run.part} and u.run_number = ${run.runNumber} and u.state = 'unknown'
      and u.seq = any(${rows.map((row) => row.seq)}::int[])
      and not exists (select from execution_outcomes o where o.part = u.part and o.run_number = u.run_number
        and o.seq = u.seq and execution_state_rank(o.state) > execution_state_rank('unknown'))`;
  const unknown = new Set(open.map(({ seq }) => seq));
  const settling = rows.filter((row) => unknown.has(row.seq));
  const settled = await sql<{ seq: number }[]>`
    with source as (
      select ${run.part}::int as part, ${run.runNumber}::bigint as run_number, ${run.workspaceId}::uuid as workspace_id,
        ${run.campaignId}::uuid as campaign_id, ${run.channel}::text as channel),
    ${appending(sql, sql`source`, SETTLEMENT, settling)}
    select seq from appended`;
  const seqs = settled.map(({ seq }) => seq);
  await sql`
    with gone as (
      select date_bin('15 minutes', u.at, 'epoch') as bucket, e.variant, count(*) as count
      from execution_results u join executions e using (part, run_number, seq)
      where u.part = ${run.part} and u.run_number = ${run.runNumber} and u.state = 'unknown' and u.seq = any(${seqs}::int[])
      group by 1, 2)
    update run_rollups r set "unknown" = r."unknown" - gone.count from gone
    where r.run_number = ${run.runNumber} and r.channel = ${run.channel} and r.bucket = gone.bucket
      and r.variant = gone.variant`;
  await sql`
    with gone as (
      select u.reason, count(*) as count from execution_results u
      where u.part = ${run.part} and u.run_number = ${run.runNumber} and u.state = 'unknown' and u.seq = any(${seqs}::int[])
      group by 1)
    update run_reasons r set count = r.count - gone.count from gone
    where r.run_number = ${run.runNumber} and r.state = 'unknown' and r.reason = gone.reason`;
  return seqs.length;
}
