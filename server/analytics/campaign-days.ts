import { type SQL, sql } from "drizzle-orm";
import type { Context } from "@/server/platform/context";
import { conversionColumns, dayColumns, daySums, messageColumns } from "./day-columns";

/** Days of the workspace's zone that are read: the first, the last, and when each begins and the last one ends. */
export type Days = { first: string; last: string; beginnings: string[] };

type Asked = {
  ctx: Context;
  days: Days;
  /** A condition on whose campaigns, by the name of the campaign's column; empty: everybody's. */
  only: (campaign: string) => SQL;
};

const instants = ({ beginnings }: Days): SQL => sql`${`{${beginnings.join(",")}}`}::timestamptz[]`;
const within = ({ beginnings }: Days): SQL =>
  sql`bucket >= ${beginnings[0]}::timestamptz and bucket < ${beginnings.at(-1)}::timestamptz`;
/** The day that is the so-manieth of those that are read. */
const nthDay = ({ first }: Days, nth: SQL): SQL => sql`${first}::date - 1 + ${nth}`;

/**
 * Rows of campaign, channel, day and what was counted, all from the roll-ups. The quarters of an hour of half a year are a
 * hundred times as many rows, so the day of each is found among the beginnings of days: asking the zone for it took as long
 * as summing.
 */
export function countedFromQuarters({ ctx, days, only }: Asked): SQL {
  const of = (columns: SQL, table: string) => sql`
    select campaign_id, channel, width_bucket(bucket, ${instants(days)}) as nth, ${columns} from ${sql.raw(table)} r
    where workspace_id = ${ctx.workspaceId} and ${within(days)} ${only("r.campaign_id")}`;
  return sql`
    select campaign_id, channel, ${nthDay(days, sql`nth`)} as day, ${daySums} from (
      ${of(messageColumns, "run_rollups")} union all ${of(conversionColumns, "conversion_rollups")}) q
    group by campaign_id, channel, nth`;
}

/**
 * The same rows from the folded days, and from the roll-ups for each day of a campaign in which one of them is not folded:
 * today's, and what changed since. To be believed only in a statement that sees the days cut by the zone of `days`.
 */
export function countedFromDays({ ctx, days, only }: Asked): SQL {
  const unfolded = (table: string) => sql`
    select campaign_id, bucket from ${sql.raw(table)} r
    where workspace_id = ${ctx.workspaceId} and not folded and ${within(days)} ${only("r.campaign_id")}`;
  const ofDay = (columns: SQL, table: string) => sql`
    select channel, ${columns} from ${sql.raw(table)}
    where workspace_id = ${ctx.workspaceId} and campaign_id = s.campaign_id
      and bucket >= (${instants(days)})[s.nth] and bucket < (${instants(days)})[s.nth + 1]`;
  return sql`
    with unfolded as materialized (
      select distinct campaign_id, width_bucket(bucket, ${instants(days)}) as nth
      from (${unfolded("run_rollups")} union all ${unfolded("conversion_rollups")}) u)
    select campaign_id, channel, day, ${dayColumns} from campaign_days d
    where workspace_id = ${ctx.workspaceId} and day between ${days.first}::date and ${days.last}::date
      ${only("d.campaign_id")} and not exists (
        select from unfolded s where s.campaign_id = d.campaign_id and ${nthDay(days, sql`s.nth`)} = d.day)
    union all
    select s.campaign_id, q.channel, ${nthDay(days, sql`s.nth`)}, ${dayColumns} from unfolded s cross join lateral (
      select channel, ${daySums} from (
        ${ofDay(messageColumns, "run_rollups")} union all ${ofDay(conversionColumns, "conversion_rollups")}) r
      group by channel) q`;
}
