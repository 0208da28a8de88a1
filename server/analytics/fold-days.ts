import { type SQL, sql } from "drizzle-orm";
import { type Transaction, withTransaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { required } from "@/server/platform/errors";
import {
  beginningOf,
  conversionColumns,
  conversionOwn,
  dayColumns,
  dayReplacements,
  daySums,
  messageColumns,
  messageOwn,
} from "./day-columns";

const MOST_WORKSPACES = 100;
/** Transactions of one call. */
const MOST_STEPS = 400;
/** Roll-ups that one transaction takes out of days that are to be cut again: who writes one of them waits so long. */
const UNFOLDED_AT_ONCE = 20_000;

/** Workspaces that have something to fold. */
export async function workspacesToFold(): Promise<string[]> {
  const rows = await withTransaction({ workspaceId: null }, (tx) =>
    tx.execute<{ workspace_id: string }>(
      sql`select workspace_id from workspaces_to_fold(${MOST_WORKSPACES})`,
    ),
  );
  return rows.map((row) => row.workspace_id);
}

/**
 * Sums the roll-ups of days that are over, campaign by campaign, into `campaign_days`: the oldest first, each day in a
 * transaction of its own. Safe to repeat, to be killed, and to come late: a day is read only where nothing of it moved since.
 * Call it until `done`.
 */
export async function foldDays(ctx: Context): Promise<{ done: boolean }> {
  let since = "-infinity";
  for (let step = 0; step < MOST_STEPS; step++) {
    const until = await withTransaction(ctx, (tx) => foldNext(tx, ctx, since));
    if (until === null) return { done: true };
    since = until;
  }
  return { done: false };
}

/**
 * Folds the oldest day that begins not before `since`, or takes a part of the days out that another zone had cut. Answers from
 * where the next step goes on; null: there is nothing left, or another folds here.
 *
 * Why no change is lost. A roll-up is marked folded in the transaction that sums it, under its own lock, at the very version
 * that was summed; whoever changes it afterwards waits for that lock and takes the mark back (`unfold_rollup`). One that was
 * marked before and is not locked now either is as it was, or loses its mark with its change. One that is born meanwhile has
 * none. So wherever all roll-ups of a campaign's day bear the mark, its row is their sum; readers look at both in one
 * snapshot. The lock of the workspace is taken in a statement before, so that a fold sees the ones before it; a writer never
 * waits for more than the fold's own work, because a fold waits for no writer: rows that are being written stay as they are.
 */
export async function foldNext(tx: Transaction, ctx: Context, since: string): Promise<string | null> {
  const [lock] = await tx.execute<{ taken: boolean }>(sql`
    select pg_try_advisory_xact_lock(hashtext('ringback.days'), hashtext(${ctx.workspaceId})) as taken`);
  if (!lock?.taken) return null;
  const [zones] = await tx.execute<{ zone: string; cut: boolean }>(sql`
    select time_zone as zone, days_zone is not distinct from time_zone as cut from workspaces where id = ${ctx.workspaceId}`);
  const { zone, cut } = required(zones, "workspace");
  if (!cut) return (await cutAgain(tx, ctx, zone)) ? since : null;
  const day = await nextDay(tx, ctx, { zone, since });
  if (!day) return null;
  await foldDay(tx, ctx, day);
  return day.end;
}

type Day = { day: string; begin: string; end: string };

async function nextDay(
  tx: Transaction,
  ctx: Context,
  { zone, since }: { zone: string; since: string },
): Promise<Day | null> {
  const inZone = sql`${zone}::text`;
  const today = beginningOf(sql`clock_now() at time zone ${inZone}`, inZone);
  const oldest = (table: string) => sql`
    select min(bucket) as bucket from ${sql.raw(table)}
    where workspace_id = ${ctx.workspaceId} and not folded and bucket >= ${since}::timestamptz and bucket < ${today}`;
  const [row] = await tx.execute<Day>(sql`
    with oldest as materialized (
      select min(bucket) as bucket from (${oldest("run_rollups")} union all ${oldest("conversion_rollups")}) o),
    of as materialized (
      select max(d.day)::date as day
      from oldest, generate_series(-1, 1) n,
        lateral (select (bucket at time zone ${inZone})::date + n as day) d
      where ${beginningOf(sql`d.day`, inZone)} <= bucket)
    select day::text as day, ${beginningOf(sql`day`, inZone)}::text as begin, ${beginningOf(sql`day + 1`, inZone)}::text as end
    from of where day is not null`);
  return row ?? null;
}

async function foldDay(tx: Transaction, ctx: Context, { day, begin, end }: Day): Promise<void> {
  const within = sql`workspace_id = ${ctx.workspaceId} and bucket >= ${begin}::timestamptz and bucket < ${end}::timestamptz`;
  await tx.execute(sql`
    with messages as (${marking("run_rollups", { only: sql`${within} and not folded`, own: messageOwn, folded: true })}),
    credits as (${marking("conversion_rollups", { only: sql`${within} and not folded`, own: conversionOwn, folded: true })}),
    moved as materialized (select campaign_id from messages union select campaign_id from credits),
    all_of_them as (
      select campaign_id, channel, ${messageColumns} from messages
      union all select campaign_id, channel, ${conversionColumns} from credits
      union all select campaign_id, channel, ${messageColumns} from run_rollups
        where ${within} and folded and campaign_id in (select campaign_id from moved)
      union all select campaign_id, channel, ${conversionColumns} from conversion_rollups
        where ${within} and folded and campaign_id in (select campaign_id from moved))
    insert into campaign_days (workspace_id, day, campaign_id, channel, ${dayColumns})
    select ${ctx.workspaceId}, ${day}::date, campaign_id, channel, ${daySums} from all_of_them group by campaign_id, channel
    on conflict (workspace_id, day, campaign_id, channel) do update set ${dayReplacements}`);
}

type Marking = { only: SQL; own: SQL; folded: boolean; most?: number };

/** Marks roll-ups, except those that somebody is writing, and answers them as they stand, whatever this statement had seen. */
const marking = (table: string, { only, own, folded, most }: Marking): SQL => sql`
  update ${sql.raw(table)} r set folded = ${folded}
  from (select workspace_id, run_number, bucket, channel, variant from ${sql.raw(table)} where ${only}
    ${most === undefined ? sql`` : sql`limit ${most}`} for no key update skip locked) l
  where (r.workspace_id, r.run_number, r.bucket, r.channel, r.variant)
    = (l.workspace_id, l.run_number, l.bucket, l.channel, l.variant)
  returning r.campaign_id, r.channel, ${own}`;

/**
 * Makes way for days of another zone: takes roll-ups out of those that stand, and when none is left in one, forgets them.
 * Readers have left the days with the workspace's zone. Answers whether there is more to do now.
 */
async function cutAgain(tx: Transaction, ctx: Context, zone: string): Promise<boolean> {
  const folded = sql`workspace_id = ${ctx.workspaceId} and folded`;
  const of = (own: SQL) => ({ only: folded, own, folded: false, most: UNFOLDED_AT_ONCE });
  const [done] = await tx.execute<{ taken: number }>(sql`
    with messages as (${marking("run_rollups", of(messageOwn))}), credits as (${marking("conversion_rollups", of(conversionOwn))})
    select ((select count(*) from messages) + (select count(*) from credits))::int as taken`);
  const [left] = await tx.execute<{ some: boolean }>(sql`
    select exists (select from run_rollups where ${folded}) or exists (select from conversion_rollups where ${folded}) as some`);
  if (left?.some) return (done?.taken ?? 0) > 0;
  await tx.execute(sql`delete from campaign_days where workspace_id = ${ctx.workspaceId}`);
  await tx.execute(sql`update workspaces set days_zone = ${zone} where id = ${ctx.workspaceId}`);
  return true;
}
