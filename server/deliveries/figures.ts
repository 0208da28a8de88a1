import { sql } from "drizzle-orm";
import { type Transaction, withTransaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { parseId } from "@/server/platform/ids";
import { requireCampaignReader } from "./require-reader";

/**
 * Where a campaign's messages stand. The states add up to `targeted`, where `sent` less delivered, bounced and failed
 * afterwards are those that wait for a receipt; `sent` itself counts every accepted one.
 */
export type RunFigures = {
  targeted: number;
  pending: number;
  sending: number;
  held: number;
  retrying: number;
  /** Accepted by the provider: delivered, bounced, failed afterwards and still undecided ones. */
  sent: number;
  delivered: number;
  bounced: number;
  failed: number;
  /** Of the failed: those that the provider had accepted, and that count as sent. */
  failedAfter: number;
  unknown: number;
  skipped: number;
  cancelled: number;
  /** Customers, each counted at the first human event. */
  opened: number;
  clicked: number;
  replied: number;
  unsubscribed: number;
  /** Customers who converted inside the window, last touch; each at the first conversion. */
  converted: number;
  conversions: number;
  /** Σ value of them, micro-units of the workspace's currency. */
  revenue: string;
  /** The workspace's. */
  currency: string;
  reasons: { state: string; reason: string; count: number }[];
  startedAt: Date | null;
  completedAt: Date | null;
  /** What was charged so far, tax included; micro-units of the workspace's currency. */
  cost: string;
  /** Accepted messages a second since the start; null before the first and for less than a second of sending. */
  perSecond: number | null;
};

/**
 * The figures of a campaign's runs, from roll-ups and batches: the same cost for a million messages as for ten. Each equals
 * a recount of the ledger's rows at the same moment. A campaign without a run has zeros. @throws AppError FORBIDDEN
 */
export function runFigures(ctx: Context, { campaignId }: { campaignId: string }): Promise<RunFigures> {
  return withTransaction(ctx, async (tx) => {
    await requireCampaignReader(tx, ctx, campaignId);
    const [figures] = await tx.execute<Omit<RunFigures, "reasons">>(figuresOf(ctx, parseId(campaignId)));
    if (!figures) throw new Error("an aggregate gave no row");
    return {
      ...figures,
      startedAt: figures.startedAt && new Date(figures.startedAt),
      completedAt: figures.completedAt && new Date(figures.completedAt),
      reasons: await reasonsOf(tx, ctx, campaignId),
    };
  });
}

/** One statement, so that all numbers are of one instant. */
const figuresOf = (ctx: Context, campaignId: string) => sql`
  with runs as (
    select number, audience_size, frozen_at, completed_at from campaign_runs
    where campaign_id = ${campaignId} and workspace_id = ${ctx.workspaceId}),
  run as (
    select coalesce(sum(audience_size), 0)::int as targeted, min(frozen_at) as started,
      case when bool_and(completed_at is not null) then max(completed_at) end as completed from runs),
  ended as (
    select coalesce(sum(sent), 0)::int as sent, coalesce(sum(delivered), 0)::int as delivered,
      coalesce(sum(bounced), 0)::int as bounced, coalesce(sum(failed), 0)::int as failed,
      coalesce(sum(failed_after), 0)::int as "failedAfter", coalesce(sum(cost_micros), 0)::text as cost,
      coalesce(sum("unknown"), 0)::int as unknown, coalesce(sum(skipped), 0)::int as skipped,
      coalesce(sum(cancelled), 0)::int as cancelled, coalesce(sum(opened), 0)::int as opened,
      coalesce(sum(clicked), 0)::int as clicked, coalesce(sum(replied), 0)::int as replied,
      coalesce(sum(unsubscribed), 0)::int as unsubscribed
    from run_rollups where campaign_id = ${campaignId} and workspace_id = ${ctx.workspaceId}),
  credited as (
    select coalesce(sum(converted), 0)::int as converted, coalesce(sum(conversions), 0)::int as conversions,
      coalesce(sum(revenue_micros), 0)::text as revenue
    from conversion_rollups where campaign_id = ${campaignId} and workspace_id = ${ctx.workspaceId}),
  batches as (
    select coalesce(sum(b.size - b.cursor) filter (where b.kind = 'pending'), 0)::int as pending,
      coalesce(sum(b.size - b.cursor) filter (where b.kind = 'held'), 0)::int as held,
      coalesce(sum(b.size - b.cursor) filter (where b.kind = 'retrying'), 0)::int as retrying,
      coalesce(sum(b.cursor - b.recorded) filter (where b.kind <> 'again'), 0)::int as sending
    from execution_batches b join runs on runs.number = b.run_number where b.status = 'open'),
  due as (
    select count(*) filter (where d.state = 'held')::int as held, count(*) filter (where d.state = 'retrying')::int as retrying
    from executions_due d join runs on runs.number = d.run_number)
  select run.targeted, batches.pending, batches.sending, batches.held + due.held as held,
    batches.retrying + due.retrying as retrying, ended.*, credited.*,
    (select currency from workspaces where id = ${ctx.workspaceId}) as currency, run.started as "startedAt", run.completed as "completedAt",
    case when ended.sent > 0 and coalesce(run.completed, clock_now()) >= run.started + interval '1 second'
      then ended.sent / extract(epoch from coalesce(run.completed, clock_now()) - run.started)::float8 end as "perSecond"
  from run, ended, credited, batches, due`;

async function reasonsOf(tx: Transaction, ctx: Context, campaignId: string): Promise<RunFigures["reasons"]> {
  const rows = await tx.execute<RunFigures["reasons"][number]>(sql`
    select s.state, s.reason, sum(s.count)::int as count
    from run_reasons s join campaign_runs r on r.number = s.run_number
    where r.campaign_id = ${campaignId} and s.workspace_id = ${ctx.workspaceId}
    group by 1, 2 having sum(s.count) > 0 order by 3 desc, 1, 2`);
  return [...rows];
}
