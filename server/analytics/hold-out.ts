import { type SQL, sql } from "drizzle-orm";
import { type Transaction, withTransaction } from "@/db/transaction";
import { type CampaignGoal, goalWindows } from "@/server/campaigns/status";
import { requireCampaignReader } from "@/server/deliveries";
import type { Context } from "@/server/platform/context";
import { parseId } from "@/server/platform/ids";
import { holdOutLift, type Interval, type Proportion } from "@/server/statistics";
import { keptCounts, rollupVersion } from "./kept-counts";

export type HoldOut = {
  /** Days from the assignment in which a conversion counts, in both arms. */
  days: number;
  /** Customers assigned, and those of them who converted. */
  treated: Proportion;
  heldOut: Proportion;
  /** Treated rate less held-out rate; null while an arm is empty. */
  lift: {
    difference: number;
    interval: Interval;
    relative: number | null;
    more: number;
    p: number | null;
  } | null;
};

type Arms = { treated: number; heldOut: number };

/**
 * What a campaign added over its hold-out: converted ÷ assigned in both arms, in the same window from the assignment, whoever
 * is credited (`metrics.md`). Null for a campaign that holds nobody out. @throws AppError FORBIDDEN, NOT_FOUND
 */
export async function campaignHoldOut(
  ctx: Context,
  { campaignId: asked }: { campaignId: string },
): Promise<HoldOut | null> {
  const campaignId = parseId(asked);
  return withTransaction(ctx, async (tx) => {
    await requireCampaignReader(tx, ctx, campaignId);
    const [campaign] = await tx.execute<{ days: number | null; goal: CampaignGoal; heldOut: number }>(sql`
      select c.attribution_days as days, c.goal, coalesce(sum(r.held_out_size), 0)::int as "heldOut"
      from campaigns c join campaign_runs r on r.campaign_id = c.id
      where c.id = ${campaignId} and c.workspace_id = ${ctx.workspaceId} group by c.id`);
    if (!campaign || campaign.heldOut === 0) return null;
    const days = campaign.days ?? goalWindows[campaign.goal].days;
    const parts = await partsOf(tx, ctx, campaignId);
    const { version } = await rollupVersion(tx, ctx, campaignId);
    const assigned = (
      await keptCounts(tx, ctx, {
        campaignId,
        name: "assigned",
        version: version.split("/").at(-1) ?? "",
        count: () => assignedOf(tx, ctx, { campaignId, parts }),
      })
    ).counts;
    const converted = await convertedOf(tx, ctx, { campaignId, parts, days });
    const treated = { x: converted.treated, n: assigned.treated };
    const heldOut = { x: converted.heldOut, n: assigned.heldOut };
    const found = holdOutLift(treated, heldOut);
    return {
      days,
      treated,
      heldOut,
      lift: found && {
        difference: found.lift,
        interval: found.interval,
        relative: found.relativeLift,
        more: found.incrementalConversions,
        p: found.p,
      },
    };
  });
}

const noArms: Arms = { treated: 0, heldOut: 0 };
const arms = (customers: string) => sql`
  count(distinct ${sql.raw(customers)}) filter (where e.arm = 'treated')::int as treated,
  count(distinct ${sql.raw(customers)}) filter (where e.arm = 'held_out')::int as "heldOut"`;

/** Named as values, the other parts of the ledger cost not even a plan. */
async function partsOf(tx: Transaction, ctx: Context, campaignId: string): Promise<SQL> {
  const rows = await tx.execute<{ part: number }>(sql`
    select distinct part from campaign_runs
    where workspace_id = ${ctx.workspaceId} and campaign_id = ${campaignId} and part is not null`);
  return sql`e.part = any(${sql.param(rows.map(({ part }) => part))}::int[])`;
}

/** A customer of several runs was assigned in each. */
async function assignedOf(
  tx: Transaction,
  ctx: Context,
  { campaignId, parts }: { campaignId: string; parts: SQL },
): Promise<Arms> {
  const [row] = await tx.execute<Arms>(sql`
    select coalesce(sum(a.treated), 0)::int as treated, coalesce(sum(a."heldOut"), 0)::int as "heldOut"
    from campaign_runs r cross join lateral (
      select ${arms("e.customer_id")} from executions e
      where e.part = r.part and e.run_number = r.number and e.step = 0 and ${parts}) a
    where r.workspace_id = ${ctx.workspaceId} and r.campaign_id = ${campaignId} and r.part is not null`);
  return row ?? noArms;
}

/** By the same rules that say which conversions the campaign may be credited with. */
async function convertedOf(
  tx: Transaction,
  ctx: Context,
  { campaignId, parts, days }: { campaignId: string; parts: SQL; days: number },
): Promise<Arms> {
  const [row] = await tx.execute<Arms>(sql`
    select coalesce(sum(a.treated), 0)::int as treated, coalesce(sum(a."heldOut"), 0)::int as "heldOut"
    from campaign_runs r join campaigns k on k.id = r.campaign_id cross join lateral (
      select ${arms("v.customer_id")}
      from conversions v join executions e on e.part = r.part and e.run_number = r.number and e.customer_id = v.customer_id
        and e.step = 0 and ${parts}
      where v.workspace_id = ${ctx.workspaceId} and v.occurred_at >= r.frozen_at
        and v.occurred_at < r.frozen_at + ${days} * interval '24 hours' and v.discounted_for is null
        and case when v.only_campaign_id is not null then v.only_campaign_id = k.id
          when v.name is not null then v.name = k.conversion_event else true end
        and (k.goal <> 'renewal_rate' or k.counts_auto_debit or not v.auto_debit)) a
    where r.workspace_id = ${ctx.workspaceId} and r.campaign_id = ${campaignId} and r.part is not null`);
  return row ?? noArms;
}
