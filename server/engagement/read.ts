import { sql } from "drizzle-orm";
import type { Transaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { required } from "@/server/platform/errors";
import {
  type EngagementDays,
  type EngagementPartKey,
  engagementPartKeys,
  engagementScore,
  partPoints,
} from "./formula";
import { scoreOn, sumsOfDays } from "./score-sql";
import { engagementDays } from "./sources";

/** Days that the history goes back. */
const HISTORY_DAYS = 90;

export type Engagement = {
  score: number;
  /** Scores at the end of each of the last 90 days and today's, the oldest first. */
  history: number[];
  /** What today's score is made of; parts in which nothing happened are left out. */
  parts: { key: EngagementPartKey; points: number; days: number; lastDay: string }[];
};

/** A customer's engagement as it stands now and stood before, counted from what happened. Check first that the reader may see the customer. */
export async function readEngagement(tx: Transaction, ctx: Context, customerId: string): Promise<Engagement> {
  const [local] = await tx.execute<{ zone: string; today: string }>(sql`
    select time_zone as zone, (clock_now() at time zone time_zone)::date::text as today
    from workspaces where id = ${ctx.workspaceId}`);
  const { zone, today } = required(local, "workspace");
  const rows = await tx.execute<{ part: EngagementPartKey; day: string }>(sql`
    select part, day::text as day from (${engagementDays({
      workspaceId: ctx.workspaceId,
      ids: sql`array[${customerId}::uuid]`,
      zone: sql`${zone}::text`,
      day: sql`${today}::date`,
    })}) happened order by day`);
  const days: EngagementDays = Object.fromEntries(
    engagementPartKeys.map((key) => [key, rows.filter(({ part }) => part === key).map(({ day }) => day)]),
  );
  const history = Array.from({ length: HISTORY_DAYS + 1 }, (_, index) =>
    engagementScore(days, dayBefore(today, HISTORY_DAYS - index)),
  );
  return {
    score: history.at(-1) ?? 0,
    history,
    parts: engagementPartKeys.flatMap((key) => {
      const mine = days[key] ?? [];
      const lastDay = mine.at(-1);
      return lastDay ? [{ key, points: partPoints(key, mine, today), days: mine.length, lastDay }] : [];
    }),
  };
}

const dayBefore = (day: string, count: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) - count * 86_400_000).toISOString().slice(0, 10);

/** Scores of customers as they were at the end of a day some days ago; 0 for whoever had done nothing yet. */
export async function scoresBefore(
  tx: Transaction,
  ctx: Context,
  { customerIds, days }: { customerIds: readonly string[]; days: number },
): Promise<Map<string, number>> {
  if (customerIds.length === 0) return new Map();
  const rows = await tx.execute<{ customer: string; score: number }>(sql`
    with local as materialized (
      select time_zone as zone, (clock_now() at time zone time_zone)::date - ${days}::int as day
      from workspaces where id = ${ctx.workspaceId}),
    happened as (${engagementDays({
      workspaceId: ctx.workspaceId,
      ids: sql`${sql.param([...customerIds])}::uuid[]`,
      zone: sql`(select zone from local)`,
      day: sql`(select day from local)`,
    })}),
    sums as (select customer, ${sumsOfDays} from happened group by 1)
    select customer, ${scoreOn(sql`(select day from local)`, "sums")}::int as score from sums`);
  const scores = new Map(rows.map(({ customer, score }) => [customer, score]));
  return new Map(customerIds.map((id) => [id, scores.get(id) ?? 0]));
}
