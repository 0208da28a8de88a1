import { sql } from "drizzle-orm";
import { type Transaction, withTransaction } from "@/db/transaction";
import { requireCampaignReader } from "@/server/deliveries";
import type { Context } from "@/server/platform/context";
import { parseId } from "@/server/platform/ids";
import {
  holmAdjusted,
  type Interval,
  newcombeInterval,
  type Proportion,
  pooledTest,
} from "@/server/statistics";
import { campaignBreakdown } from "./breakdown";
import { rollupVersion } from "./kept-counts";
import type { PeriodInput } from "./schemas";
import { type Counts, type Dimension, type InsightMetric, insightMetrics } from "./status";
import { type CampaignShare, workspacePeriod } from "./workspace";

/** Groups with fewer delivered messages, or fewer successes here and elsewhere together, are not compared. */
const FEWEST = { delivered: 50, successes: 10 };
const ALPHA = 0.05;
const MOST = 5;

/** A group of a dimension whose rate differs from everybody else's, beyond what chance would bring. */
export type Insight = {
  dimension: string;
  key: string;
  label: string;
  metric: InsightMetric;
  own: Proportion;
  others: Proportion;
  /** The difference of the rates, with Newcombe's 95 % interval. */
  difference: number;
  interval: Interval;
  /** Adjusted for everything that was looked at (Holm). */
  p: number;
  /** How many comparisons that was. */
  looked: number;
};

export type Group = Counts & { key: string; label: string };

/**
 * What is significant among groups: each against all others of its dimension, p adjusted for every comparison that was made
 * (Holm), so that a look at many groups finds nothing where there is nothing. The surest first; pure.
 */
export function significant(
  groups: readonly { dimension: string; rows: readonly Group[] }[],
  metrics: readonly InsightMetric[],
): Insight[] {
  const looked = groups.flatMap(({ dimension, rows }) =>
    metrics.flatMap((metric) => rows.flatMap((row) => compare({ dimension, rows, row, metric }))),
  );
  const adjusted = holmAdjusted(looked.map(({ p }) => p));
  return looked
    .map((each, at) => ({ ...each, p: adjusted[at] ?? 1, looked: looked.length }))
    .filter(({ p }) => p < ALPHA)
    .toSorted((one, other) => one.p - other.p)
    .slice(0, MOST);
}

type Comparison = { dimension: string; rows: readonly Group[]; row: Group; metric: InsightMetric };

function compare({ dimension, rows, row, metric }: Comparison): Omit<Insight, "looked">[] {
  const { part } = insightMetrics[metric];
  const own = { x: row[part], n: row.delivered };
  const rest = rows.filter((other) => other !== row);
  const others = {
    x: rest.reduce((sum, other) => sum + other[part], 0),
    n: rest.reduce((sum, other) => sum + other.delivered, 0),
  };
  const enough =
    own.n >= FEWEST.delivered && others.n >= FEWEST.delivered && own.x + others.x >= FEWEST.successes;
  const test = enough ? pooledTest(others, own) : null;
  const interval = enough ? newcombeInterval(own, others) : null;
  if (!test || !interval) return [];
  const { difference, p } = test;
  return [{ dimension, key: row.key, label: row.label, metric, own, others, difference, interval, p }];
}

const campaignDimensions: readonly Dimension[] = ["channel", "language", "tier", "city"];

/** What the customers of one campaign teach. @throws AppError FORBIDDEN, NOT_FOUND */
export async function campaignInsights(
  ctx: Context,
  { campaignId: asked }: { campaignId: string },
): Promise<Insight[]> {
  const campaignId = parseId(asked);
  const { measures, moved } = await withTransaction(ctx, async (tx) => {
    await requireCampaignReader(tx, ctx, campaignId);
    return {
      measures: await measuresConversions(tx, ctx, campaignId),
      moved: await rollupVersion(tx, ctx, campaignId),
    };
  });
  const groups: { dimension: string; rows: Group[] }[] = [];
  // One after the other: five at once for each viewer would take the connections that every other page waits for.
  for (const by of campaignDimensions) {
    const { rows } = await campaignBreakdown(ctx, { campaignId, by }, moved);
    groups.push({ dimension: by, rows: rows.filter(({ key }) => key !== "") });
  }
  return significant(groups, measures ? ["click", "conversion"] : ["click"]);
}

/** Whether an event means the campaign's goal, or conversions were told otherwise. */
async function measuresConversions(tx: Transaction, ctx: Context, campaignId: string): Promise<boolean> {
  const [row] = await tx.execute<{ measures: boolean }>(sql`
    select c.conversion_event is not null or coalesce((select sum(conversions) from conversion_rollups v
      where v.workspace_id = c.workspace_id and v.campaign_id = c.id), 0) > 0 as measures
    from campaigns c where c.id = ${campaignId} and c.workspace_id = ${ctx.workspaceId}`);
  return row?.measures ?? false;
}

const shareDimensions: Record<string, (share: CampaignShare) => { key: string; label: string }> = {
  campaign: ({ campaignId, name }) => ({ key: campaignId, label: name }),
  template: ({ template }) => ({ key: template, label: template }),
  hour: ({ hour }) => ({ key: String(hour ?? ""), label: String(hour ?? "") }),
  type: ({ type }) => ({ key: type, label: type }),
};

/**
 * What the campaigns of a period teach, within each channel, since people read WhatsApp more than mail whatever it says:
 * campaigns, templates, types and hours of sending. @throws AppError FORBIDDEN
 */
export async function workspaceInsights(ctx: Context, input: PeriodInput): Promise<Insight[]> {
  const { shares: all } = await workspacePeriod(ctx, input);
  const shares = all.filter(({ carrier }) => !carrier);
  const channels = [...new Set(shares.map(({ channel }) => channel))];
  const groups = channels.flatMap((channel) =>
    Object.entries(shareDimensions).map(([dimension, of]) => ({
      dimension: `${dimension} ${channel}`,
      rows: groupsOf(
        shares.filter((share) => share.channel === channel),
        of,
      ),
    })),
  );
  return significant(groups, ["click", "conversion"]);
}

function groupsOf(
  shares: readonly CampaignShare[],
  of: (share: CampaignShare) => { key: string; label: string },
) {
  const groups = new Map<string, Group>();
  for (const share of shares) {
    const { key, label } = of(share);
    if (key === "") continue;
    const before = groups.get(key);
    const group = before ?? { ...share, key, label, delivered: 0, clicked: 0, converted: 0 };
    group.delivered += share.delivered;
    group.clicked += share.clicked;
    group.converted += share.converted;
    groups.set(key, group);
  }
  return [...groups.values()];
}
