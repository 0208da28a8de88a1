import type { Sql } from "postgres";

/** The run whose executions are spoken of. */
export type RunKey = { part: number; runNumber: number; workspaceId: string; campaignId: string };

type Count = { bucket: Date; channel: string; variant: number; counter: string; n: number };

/**
 * Does something to executions that may have results and events already, and moves the roll-ups by the difference that it
 * made: what the rows say afterwards less what they said before. One at a time for each run, until the transaction ends;
 * first results need none of this (`appending`).
 */
export async function recounting<T>(
  sql: Sql,
  run: RunKey,
  { seqs, work }: { seqs: number[]; work: () => Promise<T> },
): Promise<T> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`recounting:${run.runNumber}`}, 0))`;
  const before = await countsOf(sql, run, seqs);
  const result = await work();
  const after = await countsOf(sql, run, seqs);
  await apply(sql, run, difference(before, after));
  return result;
}

async function countsOf(sql: Sql, run: RunKey, seqs: number[]): Promise<Count[]> {
  const rows = await sql<Count[]>`
    select bucket, channel, variant, counter, n::float8 as n
    from execution_counts(${run.part}, ${run.runNumber}, ${seqs}::int[])`;
  return [...rows];
}

function difference(before: Count[], after: Count[]): Count[] {
  const moved = new Map<string, Count>();
  for (const [sign, counts] of [
    [-1, before],
    [1, after],
  ] as const)
    for (const count of counts) {
      const key = `${count.bucket.toISOString()} ${count.channel} ${count.variant} ${count.counter}`;
      moved.set(key, { ...count, n: (moved.get(key)?.n ?? 0) + sign * count.n });
    }
  return [...moved.values()].filter(({ n }) => n !== 0);
}

const COUNTERS = [
  "sent",
  "delivered",
  "bounced",
  "failed",
  "failed_after",
  "unknown",
  "skipped",
  "cancelled",
  "cost_micros",
] as const;

async function apply(sql: Sql, run: RunKey, moved: Count[]): Promise<void> {
  const rollups = moved.filter(({ counter }) => COUNTERS.some((known) => known === counter));
  if (rollups.length > 0) await applyToRollups(sql, run, rollups);
  const reasons = moved.filter((count) => !rollups.includes(count));
  if (reasons.length === 0) return;
  await sql`
    insert into run_reasons (workspace_id, run_number, state, reason, count)
    select ${run.workspaceId}, ${run.runNumber}, split_part(r.counter, ' ', 1), split_part(r.counter, ' ', 2), sum(r.n)
    from unnest(${reasons.map(({ counter }) => counter)}::text[], ${reasons.map(({ n }) => n)}::int[]) as r(counter, n)
    group by 3, 4 order by 3, 4
    on conflict (workspace_id, run_number, state, reason) do update set count = run_reasons.count + excluded.count`;
}

async function applyToRollups(sql: Sql, run: RunKey, rollups: Count[]): Promise<void> {
  const sum = (counter: (typeof COUNTERS)[number]) =>
    sql`coalesce(sum(r.n) filter (where r.counter = ${counter}), 0)`;
  await sql`
    insert into run_rollups (workspace_id, run_number, campaign_id, bucket, channel, variant,
      sent, delivered, bounced, failed, failed_after, unknown, skipped, cancelled, cost_micros)
    select ${run.workspaceId}, ${run.runNumber}, ${run.campaignId}, r.bucket, r.channel, r.variant, ${sum("sent")},
      ${sum("delivered")}, ${sum("bounced")}, ${sum("failed")}, ${sum("failed_after")}, ${sum("unknown")},
      ${sum("skipped")}, ${sum("cancelled")}, ${sum("cost_micros")}
    from unnest(${rollups.map(({ bucket }) => bucket.toISOString())}::timestamptz[],
      ${rollups.map(({ channel }) => channel)}::text[], ${rollups.map(({ variant }) => variant)}::smallint[],
      ${rollups.map(({ counter }) => counter)}::text[], ${rollups.map(({ n }) => n)}::bigint[]
    ) as r(bucket, channel, variant, counter, n)
    group by r.bucket, r.channel, r.variant order by r.bucket, r.channel, r.variant
    on conflict (workspace_id, run_number, bucket, channel, variant) do update set
      sent = run_rollups.sent + excluded.sent, delivered = run_rollups.delivered + excluded.delivered,
      bounced = run_rollups.bounced + excluded.bounced, failed = run_rollups.failed + excluded.failed,
      failed_after = run_rollups.failed_after + excluded.failed_after,
      unknown = run_rollups.unknown + excluded.unknown, skipped = run_rollups.skipped + excluded.skipped,
      cancelled = run_rollups.cancelled + excluded.cancelled,
      cost_micros = run_rollups.cost_micros + excluded.cost_micros`;
}
