import type { Sql } from "postgres";
import type { Reason, ResultState } from "./status";
import { touching } from "./touching";

/** What one attempt came to, as the ledger keeps it. */
export type ResultRow = {
  seq: number;
  variant: number;
  state: ResultState;
  reason: Reason | null;
  /** What the deciding rule saw, or the provider's words; no names and no addresses, this table cannot be erased. */
  detail: string | null;
  providerMessageId: string | null;
  /** For held and retrying: how long to wait, from the database's now; or until when. */
  delayMs: number | null;
  notBefore: Date | null;
  /** What the provider charges now, and what it will charge at its billing event; tax included (micro-units). */
  cost: bigint | null;
  quoted: bigint | null;
  /** Attempts so far, this one included. */
  attempts: number;
};

/** A fragment of SQL; postgres.js nests them. */
export type Fragment = ReturnType<Sql>;

/** What an attempt says where it has nothing more to say. */
export const nothingMore = {
  reason: null,
  detail: null,
  providerMessageId: null,
  delayMs: null,
  notBefore: null,
  cost: null,
  quoted: null,
} as const;

export type Appending = {
  batchNumber: number;
  rows: ResultRow[];
  /** Hours after which an accepted message goes by another channel unless a receipt comes; null: it does not. */
  fallBackHours?: number | null;
};

/**
 * The common tail of every statement that appends first results: `appended` inserts each row once, and what it really
 * inserted is what the due list, the roll-ups and the reasons count. `source` is a CTE of one row (part, run_number,
 * workspace_id, campaign_id, channel), or of none: then nothing is written. What comes later about the same execution
 * goes through `recounting`.
 */
export function appending(
  sql: Sql,
  source: Fragment,
  { batchNumber, rows, fallBackHours }: Appending,
): Fragment {
  return sql`
    given as (
      select ${source}.*, ${givenRows(sql, rows)}, clock.now
      from ${source}, (select clock_now() as now offset 0) clock, ${varyingRows(sql, rows)}),
    appended as (
      insert into execution_results (part, run_number, seq, batch_number, workspace_id, state, reason, detail,
        provider_message_id, not_before, cost_micros, quoted_micros, at)
      select part, run_number, seq, ${batchNumber}, workspace_id, state, reason, detail, provider_message_id,
        coalesce(until, now + delay_ms * interval '1 millisecond'), cost, quoted, now
      from given
      on conflict do nothing
      returning seq, state, reason, not_before, cost_micros),
    ${waiting(sql, rows)}
    ${released(sql, rows)}
    ${fallingBack(sql, rows, fallBackHours ?? null)}
    counted as (
      insert into run_rollups (workspace_id, run_number, campaign_id, bucket, channel, variant,
        sent, delivered, failed, unknown, skipped, cancelled, cost_micros)
      select g.workspace_id, g.run_number, g.campaign_id, date_bin('15 minutes', g.now, 'epoch'), g.channel, g.variant,
        count(*) filter (where a.state in ('sent', 'delivered')), count(*) filter (where a.state = 'delivered'),
        count(*) filter (where a.state = 'failed'), count(*) filter (where a.state = 'unknown'),
        count(*) filter (where a.state = 'skipped'), count(*) filter (where a.state = 'cancelled'),
        coalesce(sum(a.cost_micros), 0)
      from appended a join given g using (seq)
      where a.state not in ('held', 'retrying') and a.reason is distinct from 'answered'
      group by 1, 2, 3, 4, 5, 6 order by g.variant
      on conflict (workspace_id, run_number, bucket, channel, variant) do update set
        sent = run_rollups.sent + excluded.sent, delivered = run_rollups.delivered + excluded.delivered,
        failed = run_rollups.failed + excluded.failed, unknown = run_rollups.unknown + excluded.unknown,
        skipped = run_rollups.skipped + excluded.skipped, cancelled = run_rollups.cancelled + excluded.cancelled,
        cost_micros = run_rollups.cost_micros + excluded.cost_micros
      returning 1),
    ${touching(sql, rows)}
    ${reasoned(sql, rows)}
    written as (select count(*) from appended)`;
}

type Column = { name: string; type: string; of: (row: ResultRow) => string | number | null };

const columns: readonly Column[] = [
  { name: "variant", type: "smallint", of: (row) => row.variant },
  { name: "state", type: "text", of: (row) => row.state },
  { name: "reason", type: "text", of: (row) => row.reason },
  { name: "detail", type: "text", of: (row) => row.detail },
  { name: "provider_message_id", type: "text", of: (row) => row.providerMessageId },
  { name: "delay_ms", type: "float8", of: (row) => row.delayMs },
  { name: "until", type: "timestamptz", of: (row) => row.notBefore?.toISOString() ?? null },
  { name: "cost", type: "bigint", of: (row) => row.cost?.toString() ?? null },
  { name: "quoted", type: "bigint", of: (row) => row.quoted?.toString() ?? null },
  { name: "attempts", type: "int", of: (row) => row.attempts },
];

// Most micro-batches say the same of everybody: what does not differ travels once instead of once for each row.
const differs = (rows: ResultRow[], { of }: Column): boolean => {
  const first = rows[0] && of(rows[0]);
  return rows.some((row) => of(row) !== first);
};

const listed = (sql: Sql, parts: Fragment[]): Fragment =>
  parts.reduce((before, next): Fragment => sql`${before}, ${next}`);

const givenRows = (sql: Sql, rows: ResultRow[]): Fragment =>
  listed(sql, [
    sql`r.seq`,
    ...columns.map(
      (column): Fragment =>
        differs(rows, column)
          ? sql`r.${sql(column.name)}`
          : sql`${rows[0] ? column.of(rows[0]) : null}::${sql.unsafe(column.type)} as ${sql(column.name)}`,
    ),
  ]);

function varyingRows(sql: Sql, rows: ResultRow[]): Fragment {
  const varying = columns.filter((column) => differs(rows, column));
  const arrays = varying.map(({ type, of }): Fragment => sql`${rows.map(of)}::${sql.unsafe(type)}[]`);
  const names = varying.map(({ name }): Fragment => sql`${sql(name)}`);
  return sql`unnest(${listed(sql, [sql`${rows.map((row) => row.seq)}::int[]`, ...arrays])})
    as r(${listed(sql, [sql`seq`, ...names])})`;
}

// Parts of the statement that most micro-batches do not need are left out: each costs a plan and a pass.

const waiting = (sql: Sql, rows: ResultRow[]): Fragment =>
  rows.some(({ state }) => state === "held" || state === "retrying")
    ? sql`due as (
      insert into executions_due (part, run_number, seq, workspace_id, state, reason, attempts, not_before)
      select g.part, g.run_number, g.seq, g.workspace_id, a.state, a.reason, g.attempts, a.not_before
      from appended a join given g using (seq)
      where a.state in ('held', 'retrying')
      on conflict (run_number, seq) do update set state = excluded.state, reason = excluded.reason,
        attempts = excluded.attempts, not_before = excluded.not_before),`
    : sql``;

/** What will not be sent gives its place under the caps and its price back. */
const released = (sql: Sql, rows: ResultRow[]): Fragment =>
  rows.some(({ state }) => state === "failed" || state === "cancelled" || state === "skipped")
    ? sql`released as (
      delete from sending_reservations v using appended a, given g
      where a.state in ('failed', 'cancelled', 'skipped') and g.seq = a.seq and v.run_number = g.run_number and v.seq = a.seq
      returning v.campaign_id, v.cost_micros),
    refunded as (
      update campaign_spend s set reserved_micros = s.reserved_micros - r.cost
      from (select campaign_id, sum(cost_micros)::bigint as cost from released group by 1) r
      where s.campaign_id = r.campaign_id),`
    : sql``;

/** Accepted: after some hours without a receipt. Failed: at once. */
const fallingBack = (sql: Sql, rows: ResultRow[], hours: number | null): Fragment =>
  hours !== null && rows.some(({ state }) => state === "sent" || state === "failed")
    ? sql`falling as (
      insert into fall_backs_due (part, run_number, seq, workspace_id, not_before)
      select g.part, g.run_number, g.seq, g.workspace_id,
        clock_now() + case a.state when 'sent' then ${hours} else 0 end * interval '1 hour'
      from appended a join given g using (seq) where a.state in ('sent', 'failed')
      on conflict do nothing),`
    : sql``;

const reasoned = (sql: Sql, rows: ResultRow[]): Fragment =>
  rows.some(({ state, reason }) => COUNTED_REASONS.has(state) && reason !== null)
    ? sql`reasoned as (
      insert into run_reasons (workspace_id, run_number, state, reason, count)
      select g.workspace_id, g.run_number, a.state, a.reason, count(*)
      from appended a join given g using (seq)
      where a.state in ('skipped', 'failed', 'unknown') and a.reason is not null
      group by 1, 2, 3, 4 order by 3, 4
      on conflict (workspace_id, run_number, state, reason) do update set count = run_reasons.count + excluded.count),`
    : sql``;

const COUNTED_REASONS: ReadonlySet<ResultState> = new Set(["skipped", "failed", "unknown"]);
