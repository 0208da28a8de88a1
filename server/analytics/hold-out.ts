import { type SQL, sql } from "drizzle-orm";
import { type Transaction, withTransaction } from "@/db/transaction";
import { type CampaignGoal, goalWindows } from "@/server/campaigns/status";
import { requireCampaignReader } from "@/server/deliveries";
import type { Context } from "@/server/platform/context";
import { parseId } from "@/server/platform/ids";
import { holdOutLift, type Interval, type Proportion } from "@/server/statistics";
import { keptCounts } from "./kept-counts";

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
    const [campaign] = await tx.execute<Facts>(sql`
      select c.attribution_days as days, c.goal, coalesce(sum(r.held_out_size), 0)::int as "heldOut",
        coalesce(sum(r.audience_size + r.held_out_size), 0)::int as assigned,
        coalesce(array_agg(distinct r.part) filter (where r.part is not null), '{}') as parts
      from campaigns c join campaign_runs r on r.campaign_id = c.id
      where c.id = ${campaignId} and c.workspace_id = ${ctx.workspaceId} group by c.id`);
    if (!campaign || campaign.heldOut === 0) return null;
    const days = campaign.days ?? goalWindows[campaign.goal].days;
    const { parts } = campaign;
    const assigned = (
      await keptCounts(tx, ctx, {
        campaignId,
        name: "assigned",
        version: String(campaign.assigned),
        count: () => assignedOf(tx, ctx, { campaignId, parts }),
      })
    ).counts;
    const told = { campaignId, parts, days };
    const converted = (
      await keptCounts(tx, ctx, {
        campaignId,
        name: "converted",
        version: `${campaign.assigned}/${await conversionsVersion(tx, ctx, told)}`,
        count: () => convertedOf(tx, ctx, told),
      })
    ).counts;
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

/** `parts`: named as values, the other parts of the ledger cost not even a plan. */
type Facts = { days: number | null; goal: CampaignGoal; heldOut: number; assigned: number; parts: number[] };

const noArms: Arms = { treated: 0, heldOut: 0 };

type Assigned = { campaignId: string; parts: number[]; only?: SQL };

/** A customer of several runs was assigned in each; `only` some of the executions `e` of the run `r`. */
async function assignedOf(
  tx: Transaction,
  ctx: Context,
  { campaignId, parts, only = sql`` }: Assigned,
): Promise<Arms> {
  const customers = (arm: string) => sql`count(distinct e.customer_id) filter (where e.arm = ${arm})::int`;
  const [row] = await tx.execute<Arms>(sql`
    select coalesce(sum(a.treated), 0)::int as treated, coalesce(sum(a."heldOut"), 0)::int as "heldOut"
    from campaign_runs r cross join lateral (
      select ${customers("treated")} as treated, ${customers("held_out")} as "heldOut" from executions e
      where e.part = r.part and e.run_number = r.number and e.step = 0 and e.workspace_id = ${ctx.workspaceId}
        and e.part = any(${sql.param(parts)}::int[]) ${only}) a
    where r.workspace_id = ${ctx.workspaceId} and r.campaign_id = ${campaignId} and r.part is not null`);
  return row ?? noArms;
}

type Told = { campaignId: string; parts: number[]; days: number };

/** Conversions `v` in the window of the run `r`, by the same rules that say which the campaign `k` may be credited with. */
const inWindow = (ctx: Context, { days }: Told): SQL => sql`
  v.workspace_id = ${ctx.workspaceId} and v.occurred_at >= r.frozen_at
    and v.occurred_at < r.frozen_at + ${days} * interval '24 hours' and v.discounted_for is null
    and case when v.only_campaign_id is not null then v.only_campaign_id = k.id
      when v.name is not null then v.name = k.conversion_event else true end
    and (k.goal <> 'renewal_rate' or k.counts_auto_debit or not v.auto_debit)`;

/** Who converted: no roll-up says it of those that nothing is credited with. The arms of executions never change. */
async function conversionsVersion(tx: Transaction, ctx: Context, told: Told): Promise<string> {
  const [row] = await tx.execute<{ version: string }>(sql`
    select concat_ws(' ', sum(v.told), sum(v.hash)) as version
    from campaign_runs r join campaigns k on k.id = r.campaign_id cross join lateral (
      select count(*) as told, sum(hash_record_extended((r.number, v.customer_id), 0)) as hash
      from conversions v where ${inWindow(ctx, told)}) v
    where r.workspace_id = ${ctx.workspaceId} and r.campaign_id = ${told.campaignId} and r.part is not null`);
  return row?.version ?? "";
}

/**
 * Their customers are looked up all together, in one way through the index: one by one they took most of this panel's time.
 */
const convertedOf = (tx: Transaction, ctx: Context, told: Told): Promise<Arms> =>
  assignedOf(tx, ctx, {
    ...told,
    only: sql`and e.customer_id = any(array(
      select distinct v.customer_id from conversions v join campaigns k on k.id = r.campaign_id
      where ${inWindow(ctx, told)}))`,
  });
