import { type SQL, sql } from "drizzle-orm";
import type { z } from "zod";
import { type Transaction, withTransaction } from "@/db/transaction";
import type { Channel } from "@/server/channels/status";
import type { Context } from "@/server/platform/context";
import { parseId } from "@/server/platform/ids";
import { like } from "@/server/platform/like";
import { type ListInput, listInput } from "./schemas";
import type { CampaignGoal, CampaignStatus, CampaignType } from "./status";
import { requireReader, seesAll } from "./transition";

/** Counts of a campaign's runs; `processed` is how many of `targeted` have come to an end or left the house. */
export type CampaignCounts = {
  targeted: number;
  processed: number;
  sent: number;
  delivered: number;
  opened: number;
  clicked: number;
  /** What providers charged, tax included: micro-units of the workspace's currency. */
  cost: string;
  /** What it costs beside its messages. */
  fixedCost: string;
  /** Customers who converted inside the window, last touch; and the value of what they did, micro-units. */
  converted: number;
  revenue: string;
};

export type CampaignLine = CampaignCounts & {
  id: string;
  name: string;
  type: CampaignType;
  goal: CampaignGoal;
  status: CampaignStatus;
  channels: Channel[];
  tags: string[];
  /** Approved as it stands. */
  approved: boolean;
  /** The next time at which it launches by itself. */
  dueAt: Date | null;
  /** Of an active one: no run is under way. */
  resting: boolean;
  /** Automated: it lets customers in one by one. */
  listening: boolean;
  ownerName: string | null;
  updatedAt: Date;
  launchedAt: Date | null;
  /** Fractions by `metrics.md`; null on a zero denominator. */
  deliveryRate: number | null;
  openRate: number | null;
  clickRate: number | null;
  /** Null also where nothing could have been counted: it measures no event, and nobody told of a conversion. */
  conversionRate: number | null;
  /** (revenue × margin − cost) ÷ cost, what it costs beside its messages included. */
  roi: number | null;
  /** Share of the revenue that stays; null: not set, so that the return is on revenue. */
  margin: number | null;
};

type Filters = Omit<z.infer<typeof listInput>, "limit" | "offset" | "after" | "before">;

export type CampaignPage = {
  rows: CampaignLine[];
  /** Cursors of the newer and the older page, null at the ends. */
  previous: string | null;
  next: string | null;
  /** Campaigns that match the filters, on all pages. */
  total: number;
};

/** Campaigns, newest first, with progress and rates from the roll-ups, in one query a page. @throws AppError FORBIDDEN */
export async function listCampaigns(ctx: Context, input: ListInput): Promise<CampaignPage> {
  requireReader(ctx);
  const { limit, offset, after, before, ...filters } = listInput.parse(input);
  return withTransaction(ctx, async (tx) => {
    const where = conditions(ctx, filters);
    const backwards = before !== undefined;
    const place = backwards
      ? sql`c.id > ${parseId(before)}`
      : after
        ? sql`c.id < ${parseId(after)}`
        : sql`true`;
    // One row more than asked for tells whether there is another page.
    const found = await readLines(tx, {
      where: sql`${where} and ${place}`,
      backwards,
      limit: limit + 1,
      offset,
    });
    const more = found.length > limit;
    const rows = found.slice(0, limit);
    if (backwards) rows.reverse();
    const first = rows[0]?.id ?? null;
    const last = rows.at(-1)?.id ?? null;
    return {
      rows,
      previous: backwards ? (more ? first : null) : after ? first : null,
      next: backwards || more ? last : null,
      total: await countMatches(tx, where),
    };
  });
}

function conditions(ctx: Context, filters: Filters): SQL {
  const parts = [
    sql`c.workspace_id = ${ctx.workspaceId} and c.carries is null`,
    filters.archived ? sql`c.archived_at is not null` : sql`c.archived_at is null`,
  ];
  if (!seesAll(ctx)) parts.push(sql`c.owner_id = ${ctx.userId}`);
  const { channel, owner, tag } = filters;
  if (channel.length > 0)
    parts.push(
      sql`(c.channels && ${sql.param(channel)}::text[] or c.fall_back ->> 'channel' = any(${sql.param(channel)}::text[]))`,
    );
  if (owner.length > 0) parts.push(sql`c.owner_id = any(${sql.param(owner)}::uuid[])`);
  if (tag.length > 0) parts.push(sql`c.tags && ${sql.param(tag)}::text[]`);
  for (const column of ["status", "type", "goal"] as const)
    if (filters[column].length > 0)
      parts.push(sql`c.${sql.identifier(column)} = any(${sql.param(filters[column])}::text[])`);
  if (filters.search) parts.push(sql`lower(c.name) like ${like(filters.search)}`);
  return sql.join(parts, sql` and `);
}

type Line = Omit<
  CampaignLine,
  "deliveryRate" | "openRate" | "clickRate" | "conversionRate" | "roi" | "updatedAt" | "launchedAt" | "dueAt"
> & {
  measured: boolean;
  updatedAt: string;
  launchedAt: string | null;
  dueAt: string | null;
};

async function readLines(
  tx: Transaction,
  { where, backwards, limit, offset }: { where: SQL; backwards: boolean; limit: number; offset: number },
): Promise<CampaignLine[]> {
  const order = backwards ? sql`asc` : sql`desc`;
  const lines = await tx.execute<Line>(sql`
    select c.id, c.name, c.type, c.goal, c.status, u.name as "ownerName",
      c.updated_at::text as "updatedAt", c.launched_at::text as "launchedAt",
      c.channels, c.tags, coalesce(c.approved_version = c.version, false) as approved,
      to_json(c.due_at) #>> '{}' as "dueAt", c.due_at is not null and runs.live = 0 as resting,
      c.schedule ->> 'kind' = 'automated' as listening,
      runs.targeted, counts.processed, counts.sent, counts.delivered, counts.opened, counts.clicked, counts.cost,
      credited.converted, credited.revenue, k.margin, coalesce(k.fixed_cost_micros, 0)::text as "fixedCost", c.conversion_event is not null or credited.conversions > 0 as measured
    from (select * from campaigns c where ${where} order by c.id ${order} limit ${limit} offset ${offset}) c
    left join users u on u.id = c.owner_id
    left join campaign_economics k on k.campaign_id = c.id and k.workspace_id = c.workspace_id
    cross join lateral (
      select coalesce(sum(r.audience_size), 0)::int as targeted,
        (count(*) filter (where r.status in ('freezing', 'active')))::int as live from campaign_runs r
      where r.workspace_id = c.workspace_id and r.campaign_id = c.id) runs
    cross join lateral (
      select coalesce(sum(s.sent + s.failed + s.unknown + s.skipped + s.cancelled), 0)::int as processed,
        coalesce(sum(s.sent), 0)::int as sent, coalesce(sum(s.delivered), 0)::int as delivered,
        coalesce(sum(s.opened), 0)::int as opened, coalesce(sum(s.clicked), 0)::int as clicked,
        coalesce(sum(s.cost_micros), 0)::text as cost
      from run_rollups s where s.workspace_id = c.workspace_id and s.campaign_id = c.id) counts
    cross join lateral (
      select coalesce(sum(v.converted), 0)::int as converted, coalesce(sum(v.conversions), 0)::int as conversions,
        coalesce(sum(v.revenue_micros), 0)::text as revenue
      from conversion_rollups v where v.workspace_id = c.workspace_id and v.campaign_id = c.id) credited
    order by c.id ${order}`);
  return lines.map(({ measured, ...line }) => ({
    ...line,
    updatedAt: new Date(line.updatedAt),
    launchedAt: line.launchedAt === null ? null : new Date(line.launchedAt),
    dueAt: line.dueAt === null ? null : new Date(line.dueAt),
    deliveryRate: rate(line.delivered, line.sent),
    openRate: rate(line.opened, line.delivered),
    clickRate: rate(line.clicked, line.delivered),
    conversionRate: measured ? rate(line.converted, line.delivered) : null,
    roi: measured && line.targeted > 0 ? returnOf(line) : null,
  }));
}

/** By `metrics.md`; without a margin set it is 100 %. */
function returnOf({
  revenue,
  cost,
  fixedCost,
  margin,
}: Pick<Line, "revenue" | "cost" | "fixedCost" | "margin">): number | null {
  const spent = Number(cost) + Number(fixedCost);
  return rate(Number(revenue) * (margin ?? 1) - spent, spent);
}

/** A fraction, or null where there is nothing to divide by. */
const rate = (part: number, whole: number): number | null => (whole > 0 ? part / whole : null);

async function countMatches(tx: Transaction, where: SQL): Promise<number> {
  const [row] = await tx.execute<{ total: number }>(
    sql`select count(*)::int as total from campaigns c where ${where}`,
  );
  return row?.total ?? 0;
}
