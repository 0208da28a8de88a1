import { sql } from "drizzle-orm";
import type { Transaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";

type Wanted<T> = {
  campaignId: string;
  name: string;
  /** What it was counted from: the same text means the same counts. */
  version: string;
  /** Serves counts of an earlier version that are younger than this: for audiences that take seconds to count. */
  patienceSeconds?: number;
  /** Counts again what is older than this, whatever the version says. */
  lifeSeconds?: number;
  count: () => Promise<T>;
};

/** `current`: false while something moved since, and it was counted too short a time ago to be counted again. */
export type Kept<T> = { counts: T; countedAt: Date; current: boolean };
type Row<T> = { version: string; counts: T; countedAt: string; age: number };

/**
 * Counts that no roll-up holds, counted once for each version of what they are counted from. Two who ask at once count once.
 */
export async function keptCounts<T>(tx: Transaction, ctx: Context, wanted: Wanted<T>): Promise<Kept<T>> {
  const { campaignId, name, version, patienceSeconds = 0, lifeSeconds = Infinity, count } = wanted;
  const find = async () => {
    const [row] = await tx.execute<Row<T>>(sql`
      select version, counts, counted_at as "countedAt", extract(epoch from clock_now() - counted_at)::float8 as age
      from analytics_counts
      where workspace_id = ${ctx.workspaceId} and campaign_id = ${campaignId} and name = ${name}`);
    const fresh = row && (row.version === version ? row.age < lifeSeconds : row.age < patienceSeconds);
    return row && fresh && row.age >= 0
      ? { counts: row.counts, countedAt: new Date(row.countedAt), current: row.version === version }
      : null;
  };
  const found = await find();
  if (found) return found;
  await tx.execute(
    sql`select pg_advisory_xact_lock(hashtextextended(${`analytics ${campaignId} ${name}`}, 0))`,
  );
  const meanwhile = await find();
  if (meanwhile) return meanwhile;
  const counts = await count();
  const [row] = await tx.execute<{ countedAt: string }>(sql`
    insert into analytics_counts (workspace_id, campaign_id, name, version, counts)
    values (${ctx.workspaceId}, ${campaignId}, ${name}, ${version}, ${JSON.stringify(counts)}::jsonb)
    on conflict (workspace_id, campaign_id, name) do update set version = excluded.version, counts = excluded.counts,
      counted_at = clock_now()
    returning counted_at as "countedAt"`);
  return { counts, countedAt: new Date(row?.countedAt ?? 0), current: true };
}

/** What the roll-ups of a campaign say, and how many its runs were made for. */
export type Moved = { version: string; audience: number };

/**
 * What the roll-ups of a campaign say now: any message, reaction or credited conversion changes it, and that its day was folded
 * does not. Rows are hashed as such: written out as text first, they took most of the time of a breakdown that was counted
 * before.
 */
export async function rollupVersion(tx: Transaction, ctx: Context, campaignId: string): Promise<Moved> {
  const [row] = await tx.execute<Moved>(sql`
    with messages as (
      select concat_ws(' ', count(*), sum(hash_record_extended(row(run_number, bucket, channel, variant, sent, delivered, bounced,
        failed, failed_after, unknown, skipped, cancelled, opened, clicked, replied, unsubscribed, complained, cost_micros), 0)))
        as version from run_rollups
      where workspace_id = ${ctx.workspaceId} and campaign_id = ${campaignId}),
    credited as (
      select concat_ws(' ', count(*), sum(hash_record_extended(row(run_number, bucket, channel, variant, converted, conversions,
        revenue_micros), 0))) as version from conversion_rollups
      where workspace_id = ${ctx.workspaceId} and campaign_id = ${campaignId}),
    runs as (
      select coalesce(sum(audience_size + held_out_size), 0)::int as audience from campaign_runs
      where workspace_id = ${ctx.workspaceId} and campaign_id = ${campaignId})
    select concat_ws('/', m.version, c.version, r.audience) as version, r.audience from messages m, credited c, runs r`);
  return row ?? { version: "", audience: 0 };
}
