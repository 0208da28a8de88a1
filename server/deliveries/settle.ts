import type { Sql } from "postgres";
import { appendLater } from "./append-later";
import type { ResultRow } from "./record-results";
import type { RunKey } from "./recounting";

/** The attempt number of settlements: an execution is settled once. */
const SETTLEMENT = -1;

/**
 * Appends what became known later about executions whose outcome was unknown, and moves them in the roll-ups. Rows whose
 * state is another meanwhile are left alone. Runs in the caller's transaction; returns how many were settled.
 */
export async function settleRows(sql: Sql, run: RunKey, rows: ResultRow[]): Promise<number> {
  if (rows.length === 0) return 0;
  const unknown = new Set(
    await seqsOfUnknown(
      sql,
      run,
      rows.map((row) => row.seq),
    ),
  );
  const settling = rows.filter((row) => unknown.has(row.seq));
  return (await appendLater(sql, { ...run, batchNumber: SETTLEMENT }, settling)).length;
}

/** Those of a run, or of the given ones, whose outcome is unknown. */
export async function seqsOfUnknown(sql: Sql, run: RunKey, among: number[] | null): Promise<number[]> {
  const rows = await sql<{ seq: number }[]>`
    select distinct u.seq from execution_results u
    where u.part = ${run.part} and u.run_number = ${run.runNumber} and u.state = 'unknown'
      ${among === null ? sql`` : sql`and u.seq = any(${among}::int[])`}
      and not exists (select from execution_outcomes o where o.part = u.part and o.run_number = u.run_number
        and o.seq = u.seq and execution_state_rank(o.state) > execution_state_rank('unknown'))
    order by u.seq`;
  return rows.map(({ seq }) => seq);
}
