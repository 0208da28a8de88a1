import type { Sql } from "postgres";
import type { ResultRow } from "./record-results";
import { type RunKey, recounting } from "./recounting";

/**
 * Appends results of executions that have results already: those that a person had sent again, and what became known
 * later. Their state is the highest over all their rows, so the roll-ups move by the difference. Each is inserted once for
 * its batch number.
 */
export async function appendLater(
  sql: Sql,
  run: RunKey & { batchNumber: number },
  rows: ResultRow[],
): Promise<number[]> {
  if (rows.length === 0) return [];
  const column = <T>(of: (row: ResultRow) => T): T[] => rows.map(of);
  return recounting(sql, run, {
    seqs: column((row) => row.seq),
    work: async () => {
      const appended = await sql<{ seq: number }[]>`
        with given as (
          select * from unnest(
            ${column((r) => r.seq)}::int[], ${column((r) => r.state)}::text[], ${column((r) => r.reason)}::text[],
            ${column((r) => r.detail)}::text[], ${column((r) => r.providerMessageId)}::text[],
            ${column((r) => r.delayMs)}::float8[], ${column((r) => r.notBefore?.toISOString() ?? null)}::timestamptz[],
            ${column((r) => r.cost?.toString() ?? null)}::bigint[], ${column((r) => r.quoted?.toString() ?? null)}::bigint[],
            ${column((r) => r.attempts)}::int[]
          ) as r(seq, state, reason, detail, provider_message_id, delay_ms, until, cost, quoted, attempts)),
        appended as (
          insert into execution_results (part, run_number, seq, batch_number, workspace_id, state, reason, detail,
            provider_message_id, not_before, cost_micros, quoted_micros)
          select ${run.part}, ${run.runNumber}, seq, ${run.batchNumber}, ${run.workspaceId}, state, reason, detail,
            provider_message_id, coalesce(until, clock_now() + delay_ms * interval '1 millisecond'), cost, quoted
          from given on conflict do nothing returning seq, state, reason, not_before),
        due as (
          insert into executions_due (part, run_number, seq, workspace_id, state, reason, attempts, not_before)
          select ${run.part}, ${run.runNumber}, a.seq, ${run.workspaceId}, 'again', a.reason, g.attempts, a.not_before
          from appended a join given g using (seq) where a.state in ('held', 'retrying')
          on conflict (run_number, seq) do update set reason = excluded.reason, attempts = excluded.attempts,
            not_before = excluded.not_before)
        select seq from appended`;
      return appended.map(({ seq }) => seq);
    },
  });
}
