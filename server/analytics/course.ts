import { sql } from "drizzle-orm";
import { withTransaction } from "@/db/transaction";
import { requireCampaignReader } from "@/server/deliveries";
import type { Context } from "@/server/platform/context";
import { parseId } from "@/server/platform/ids";
import { type CourseInput, courseInput } from "./schemas";
import type { CourseUnit } from "./status";

/** The most points that one answer has: four weeks of hours. */
const MOST_POINTS = 672;

/** What happened in one hour or day of the workspace's zone. Money in micro-units. */
export type CoursePoint = {
  /** Local time of its beginning: `2026-11-26 14:00`. */
  at: string;
  sent: number;
  delivered: number;
  opened: number;
  clicked: number;
  converted: number;
  cost: string;
  revenue: string;
};

export type Course = {
  unit: CourseUnit;
  zone: string;
  points: CoursePoint[];
  /** More happened after the last point than is drawn. */
  cut: boolean;
};

type Span = { zone: string; first: string | null; last: string | null; hours: number };

/**
 * How a campaign went, hour by hour or day by day on the workspace's clock, quiet ones included, from the roll-ups.
 * @throws AppError FORBIDDEN, NOT_FOUND
 */
export async function campaignCourse(ctx: Context, input: CourseInput): Promise<Course> {
  const { campaignId: asked, unit: wanted } = courseInput.parse(input);
  const campaignId = parseId(asked);
  return withTransaction(ctx, async (tx) => {
    await requireCampaignReader(tx, ctx, campaignId);
    const [span] = await tx.execute<Span>(sql`
      select w.time_zone as zone, min(b.bucket)::text as first, max(b.bucket)::text as last,
        coalesce(extract(epoch from max(b.bucket) - min(b.bucket)) / 3600, 0)::float8 as hours
      from workspaces w left join (
        select bucket from run_rollups where workspace_id = ${ctx.workspaceId} and campaign_id = ${campaignId}
        union all
        select bucket from conversion_rollups where workspace_id = ${ctx.workspaceId} and campaign_id = ${campaignId}) b on true
      where w.id = ${ctx.workspaceId} group by w.time_zone`);
    const { zone = "UTC", first = null, last = null, hours = 0 } = span ?? {};
    const unit = wanted ?? (hours <= 72 ? "hour" : "day");
    if (first === null) return { unit, zone, points: [], cut: false };
    const points = await tx.execute<CoursePoint>(sql`
      with moved as (
        select date_trunc(${unit}, bucket at time zone ${zone}) as at, sent, delivered, opened, clicked, 0 as converted,
          cost_micros as cost, 0::bigint as revenue
        from run_rollups where workspace_id = ${ctx.workspaceId} and campaign_id = ${campaignId}
        union all
        select date_trunc(${unit}, bucket at time zone ${zone}), 0, 0, 0, 0, converted, 0, revenue_micros
        from conversion_rollups where workspace_id = ${ctx.workspaceId} and campaign_id = ${campaignId}),
      places as (
        select at from generate_series(date_trunc(${unit}, ${first}::timestamptz at time zone ${zone}),
          date_trunc(${unit}, ${last}::timestamptz at time zone ${zone}), ${`1 ${unit}`}::interval) as p (at)
        order by at limit ${MOST_POINTS})
      select to_char(p.at, 'YYYY-MM-DD HH24:MI') as at, coalesce(sum(m.sent), 0)::int as sent,
        coalesce(sum(m.delivered), 0)::int as delivered, coalesce(sum(m.opened), 0)::int as opened,
        coalesce(sum(m.clicked), 0)::int as clicked, coalesce(sum(m.converted), 0)::int as converted,
        coalesce(sum(m.cost), 0)::text as cost, coalesce(sum(m.revenue), 0)::text as revenue
      from places p left join moved m on m.at = p.at group by p.at order by p.at`);
    return { unit, zone, points: [...points], cut: unit === "hour" && hours >= MOST_POINTS };
  });
}
