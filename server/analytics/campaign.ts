import { sql } from "drizzle-orm";
import { type Transaction, withTransaction } from "@/db/transaction";
import { requireCampaignReader, runFigures } from "@/server/deliveries";
import type { Context } from "@/server/platform/context";
import { required } from "@/server/platform/errors";
import { parseId } from "@/server/platform/ids";
import { type Counts, type Economics, noCounts } from "./status";

/** Days whose other campaigns are "the usual" that a campaign is compared with. */
const USUAL_DAYS = 90;

export type CampaignAnalytics = {
  counts: Counts;
  economics: Economics;
  /** The workspace's. */
  currency: string;
  zone: string;
  /** An event of customers means its goal, or conversions were told otherwise. */
  measures: boolean;
  /** The same counts of the workspace's other campaigns on these channels in 90 days; null where there is none. */
  usual: Counts | null;
};

type Facts = Economics & {
  zone: string;
  measures: boolean;
  complained: number;
  channels: string[];
};

/**
 * The figures of a campaign, all from roll-ups: the same cost for a million messages as for ten.
 * @throws AppError FORBIDDEN, NOT_FOUND
 */
export async function campaignAnalytics(
  ctx: Context,
  { campaignId: asked }: { campaignId: string },
): Promise<CampaignAnalytics> {
  const campaignId = parseId(asked);
  const figures = await runFigures(ctx, { campaignId });
  return withTransaction(ctx, async (tx) => {
    const { zone, measures, complained, channels, fixedCost, margin } = await factsOf(tx, ctx, campaignId);
    const { targeted, sent, delivered, bounced, failed, skipped, opened, clicked } = figures;
    const { replied, unsubscribed, converted, conversions, revenue, cost, currency } = figures;
    return {
      counts: {
        ...{ targeted, sent, delivered, bounced, failed, skipped, opened, clicked, replied, unsubscribed },
        ...{ complained, converted, conversions, revenue, cost },
      },
      economics: { messageCost: cost, fixedCost, margin },
      currency,
      zone,
      measures: measures || conversions > 0,
      usual: await usualOf(tx, ctx, { campaignId, channels }),
    };
  });
}

async function factsOf(tx: Transaction, ctx: Context, campaignId: string): Promise<Facts> {
  await requireCampaignReader(tx, ctx, campaignId);
  const [row] = await tx.execute<Facts>(sql`
    select w.time_zone as zone, c.conversion_event is not null as measures, c.channels,
      coalesce(k.fixed_cost_micros, 0)::text as "fixedCost", k.margin,
      (select coalesce(sum(complained), 0)::int from run_rollups r
        where r.workspace_id = c.workspace_id and r.campaign_id = c.id) as complained
    from campaigns c join workspaces w on w.id = c.workspace_id left join campaign_economics k on k.campaign_id = c.id
    where c.id = ${campaignId} and c.workspace_id = ${ctx.workspaceId}`);
  return required(row, "campaign");
}

type Compared = { campaignId: string; channels: string[] };

/** Money and `targeted` are left at zero: they are not compared. */
async function usualOf(
  tx: Transaction,
  ctx: Context,
  { campaignId, channels }: Compared,
): Promise<Counts | null> {
  // What people answer to customers, and what the queue writes to them, is no campaign that another one is measured by.
  const carriers = await tx.execute<{ id: string }>(
    sql`select id from campaigns where workspace_id = ${ctx.workspaceId} and (answers or carries is not null)`,
  );
  const others = [campaignId, ...carriers.map(({ id }) => id)];
  const [row] = await tx.execute<Omit<Counts, "targeted" | "revenue" | "cost" | "conversions">>(sql`
    select coalesce(sum(sent), 0)::int as sent, coalesce(sum(delivered), 0)::int as delivered,
      coalesce(sum(bounced), 0)::int as bounced, coalesce(sum(failed), 0)::int as failed,
      coalesce(sum(skipped), 0)::int as skipped, coalesce(sum(opened), 0)::int as opened,
      coalesce(sum(clicked), 0)::int as clicked, coalesce(sum(replied), 0)::int as replied,
      coalesce(sum(unsubscribed), 0)::int as unsubscribed, coalesce(sum(complained), 0)::int as complained,
      (select coalesce(sum(converted), 0)::int from conversion_rollups v
        where v.workspace_id = ${ctx.workspaceId} and v.campaign_id <> all(${sql.param(others)}::uuid[]) and v.channel = any(${sql.param(channels)}::text[])
          and v.bucket >= (select clock_now()) - ${USUAL_DAYS} * interval '24 hours') as converted
    from run_rollups r
    where r.workspace_id = ${ctx.workspaceId} and r.campaign_id <> all(${sql.param(others)}::uuid[]) and r.channel = any(${sql.param(channels)}::text[])
      and r.bucket >= (select clock_now()) - ${USUAL_DAYS} * interval '24 hours'`);
  return row && row.sent > 0 ? { ...noCounts, ...row } : null;
}
