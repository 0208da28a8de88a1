import type { Sql } from "postgres";
import type { Reason, ResultState } from "./status";

/** What one attempt came to, as the ledger keeps it. */
export type ResultRow = {
  seq: number;
  variant: number;
  state: ResultState;
  reason: Reason | null;
  /** What the deciding rule saw, or the provider's words; no names and no addresses, this table cannot be erased. */
  detail: string | null;
  providerMessageId: string | null;
  /** For held and retrying: how long to wait, from the database's now. */
  delayMs: number | null;
  /** Attempts so far, this one included. */
  attempts: number;
};

/** A fragment of SQL; postgres.js nests them. */
export type Fragment = ReturnType<Sql>;

/**
 * The common tail of every statement that appends results: `appended` inserts each row once, and what it really inserted
 * is what the due list, the roll-ups and the reasons count. `source` is a CTE of one row (part, run_number, workspace_id,
 * campaign_id, channel), or of none: then nothing is written.
 */
export function appending(sql: Sql, source: Fragment, batchNumber: number, rows: ResultRow[]): Fragment {
  const column = <T>(of: (row: ResultRow) => T): T[] => rows.map(of);
  return sql`
    given as (
      select ${source}.*, r.* from ${source}, unnest(
        ${column((r) => r.seq)}::int[], ${column((r) => r.variant)}::smallint[], ${column((r) => r.state)}::text[],
        ${column((r) => r.reason)}::text[], ${column((r) => r.detail)}::text[],
        ${column((r) => r.providerMessageId)}::text[], ${column((r) => r.delayMs)}::float8[],
        ${column((r) => r.attempts)}::int[]
      ) as r(seq, variant, state, reason, detail, provider_message_id, delay_ms, attempts)),
    appended as (
      insert into execution_results (part, run_number, seq, batch_number, workspace_id, state, reason, detail,
        provider_message_id, not_before)
      select part, run_number, seq, ${batchNumber}, workspace_id, state, reason, detail, provider_message_id,
        clock_now() + delay_ms * interval '1 millisecond'
      from given
      on conflict do nothing
      returning seq, state, reason, not_before),
    due as (
      insert into executions_due (part, run_number, seq, workspace_id, state, attempts, not_before)
      select g.part, g.run_number, g.seq, g.workspace_id, a.state, g.attempts, a.not_before
      from appended a join given g using (seq)
      where a.state in ('held', 'retrying')
      on conflict (run_number, seq) do update
        set state = excluded.state, attempts = excluded.attempts, not_before = excluded.not_before),
    counted as (
      insert into run_rollups (workspace_id, run_number, campaign_id, bucket, channel, variant,
        sent, delivered, failed, unknown, skipped, cancelled)
      select g.workspace_id, g.run_number, g.campaign_id, date_bin('15 minutes', clock_now(), 'epoch'), g.channel, g.variant,
        count(*) filter (where a.state in ('sent', 'delivered')), count(*) filter (where a.state = 'delivered'),
        count(*) filter (where a.state = 'failed'), count(*) filter (where a.state = 'unknown'),
        count(*) filter (where a.state = 'skipped'), count(*) filter (where a.state = 'cancelled')
      from appended a join given g using (seq)
      where a.state not in ('held', 'retrying')
      group by 1, 2, 3, 4, 5, 6 order by g.variant
      on conflict (workspace_id, run_number, bucket, channel, variant) do update set
        sent = run_rollups.sent + excluded.sent, delivered = run_rollups.delivered + excluded.delivered,
        failed = run_rollups.failed + excluded.failed, unknown = run_rollups.unknown + excluded.unknown,
        skipped = run_rollups.skipped + excluded.skipped, cancelled = run_rollups.cancelled + excluded.cancelled),
    reasoned as (
      insert into run_reasons (workspace_id, run_number, state, reason, count)
      select g.workspace_id, g.run_number, a.state, a.reason, count(*)
      from appended a join given g using (seq)
      where a.state in ('skipped', 'failed', 'unknown') and a.reason is not null
      group by 1, 2, 3, 4 order by 3, 4
      on conflict (workspace_id, run_number, state, reason) do update set count = run_reasons.count + excluded.count)`;
}
