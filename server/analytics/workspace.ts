import { type SQL, sql } from "drizzle-orm";
import { type Transaction, withTransaction } from "@/db/transaction";
import type { CampaignGoal, CampaignType } from "@/server/campaigns/status";
import type { Channel } from "@/server/channels/status";
import { requireReader } from "@/server/deliveries";
import type { Context } from "@/server/platform/context";
import { required } from "@/server/platform/errors";
import { type PeriodInput, periodInput } from "./schemas";
import { type Counts, noCounts } from "./status";

/** A campaign's share of the period on one channel; `targeted` is not of a period, and stays zero. */
export type CampaignShare = Counts & {
  campaignId: string;
  name: string;
  type: CampaignType;
  goal: CampaignGoal;
  /** What people answered to customers: sent and paid for, and no campaign to learn from. */
  answers: boolean;
  channel: Channel;
  ownerId: string;
  ownerName: string;
  /** The template of the library that it began with; empty for one that was written anew. */
  template: string;
  /** Micro-units; in the period of the launch, on the campaign's first channel. */
  fixedCost: string;
  margin: number | null;
  /** Hour of the day in which the campaign was launched, in the workspace's zone; null before. */
  hour: number | null;
};

/** What of the callbacks that campaigns brought came about in the period. */
export type Callbacks = { requested: number; open: number; talked: number; converted: number; value: string };

export type WorkspacePeriod = {
  /** Days of the workspace's zone, both included. */
  from: string;
  until: string;
  zone: string;
  currency: string;
  shares: CampaignShare[];
  /** The same number of days before, all campaigns together. */
  before: Counts;
  callbacks: Callbacks;
  /** Day by day. */
  days: ({ at: string; callbacks: number } & Pick<
    Counts,
    "sent" | "delivered" | "opened" | "clicked" | "converted" | "revenue" | "cost"
  >)[];
};

type Bounds = { zone: string; currency: string; from: string; until: string; previous: string };

/**
 * What the campaigns of a workspace did in a period, from roll-ups; an advisor sees own campaigns.
 * @throws AppError FORBIDDEN
 */
export async function workspacePeriod(ctx: Context, input: PeriodInput): Promise<WorkspacePeriod> {
  requireReader(ctx);
  const { days, until } = periodInput.parse(input);
  return withTransaction(ctx, async (tx) => {
    const [row] = await tx.execute<Bounds>(sql`
      with of as (
        select time_zone as zone, currency, coalesce(${until ?? null}::date, (clock_now() at time zone time_zone)::date) as until
        from workspaces where id = ${ctx.workspaceId})
      select zone, currency, until::text, (until - ${days - 1}::int)::text as from, (until - ${2 * days - 1}::int)::text as previous
      from of`);
    const bounds = required(row, "workspace");
    const { zone, currency, from } = bounds;
    const within = (column: string) =>
      sql`${sql.raw(column)} >= (${from}::date::timestamp at time zone ${zone})
        and ${sql.raw(column)} < ((${bounds.until}::date + 1)::timestamp at time zone ${zone})`;
    const earlier = (column: string) =>
      sql`${sql.raw(column)} >= (${bounds.previous}::date::timestamp at time zone ${zone})
        and ${sql.raw(column)} < (${from}::date::timestamp at time zone ${zone})`;
    return {
      ...{ from, until: bounds.until, zone, currency },
      shares: await sharesOf(tx, ctx, within),
      before: await beforeOf(tx, ctx, earlier),
      callbacks: await callbacksOf(tx, ctx, within),
      days: await daysOf(tx, ctx, { ...bounds, within }),
    };
  });
}

type Within = (column: string) => SQL;

/** Whose campaigns: everybody's, or an advisor's own. */
const ownOnly = (ctx: Context, campaign: string): SQL =>
  ctx.role === "advisor" && !ctx.isApprover
    ? sql`and exists (select from campaigns o where o.id = ${sql.raw(campaign)} and o.owner_id = ${ctx.userId})`
    : sql``;

const messages = sql`coalesce(sum(sent), 0)::int as sent, coalesce(sum(delivered), 0)::int as delivered,
  coalesce(sum(bounced), 0)::int as bounced, coalesce(sum(failed), 0)::int as failed, coalesce(sum(skipped), 0)::int as skipped,
  coalesce(sum(opened), 0)::int as opened, coalesce(sum(clicked), 0)::int as clicked, coalesce(sum(replied), 0)::int as replied,
  coalesce(sum(unsubscribed), 0)::int as unsubscribed, coalesce(sum(complained), 0)::int as complained,
  coalesce(sum(cost_micros), 0)::text as cost`;
const credits = sql`coalesce(sum(converted), 0)::int as converted, coalesce(sum(conversions), 0)::int as conversions,
  coalesce(sum(revenue_micros), 0)::text as revenue`;

async function sharesOf(tx: Transaction, ctx: Context, within: Within): Promise<CampaignShare[]> {
  const rows = await tx.execute<CampaignShare>(sql`
    with m as (
      select campaign_id, channel, ${messages} from run_rollups r
      where workspace_id = ${ctx.workspaceId} and ${within("bucket")} ${ownOnly(ctx, "r.campaign_id")} group by 1, 2),
    v as (
      select campaign_id, channel, ${credits} from conversion_rollups r
      where workspace_id = ${ctx.workspaceId} and ${within("bucket")} ${ownOnly(ctx, "r.campaign_id")} group by 1, 2),
    both_sides as (
      select coalesce(m.campaign_id, v.campaign_id) as campaign_id, coalesce(m.channel, v.channel) as channel, m.sent, m.delivered,
        m.bounced, m.failed, m.skipped, m.opened, m.clicked, m.replied, m.unsubscribed, m.complained, m.cost, v.converted,
        v.conversions, v.revenue
      from m full join v on v.campaign_id = m.campaign_id and v.channel = m.channel)
    select b.campaign_id as "campaignId", c.name, c.type, c.goal, c.answers, b.channel, c.owner_id as "ownerId",
      coalesce(u.name, '') as "ownerName", coalesce(t.name, '') as template, coalesce(b.sent, 0) as sent,
      coalesce(b.delivered, 0) as delivered, coalesce(b.bounced, 0) as bounced, coalesce(b.failed, 0) as failed,
      coalesce(b.skipped, 0) as skipped, coalesce(b.opened, 0) as opened, coalesce(b.clicked, 0) as clicked,
      coalesce(b.replied, 0) as replied, coalesce(b.unsubscribed, 0) as unsubscribed, coalesce(b.complained, 0) as complained,
      coalesce(b.cost, '0') as cost, coalesce(b.converted, 0) as converted, coalesce(b.conversions, 0) as conversions,
      coalesce(b.revenue, '0') as revenue, k.margin,
      extract(hour from c.launched_at at time zone z.time_zone)::int as hour,
      case when ${within("c.launched_at")} and b.channel = min(b.channel) over (partition by b.campaign_id)
        then coalesce(k.fixed_cost_micros, 0) else 0 end::text as "fixedCost"
    from both_sides b join campaigns c on c.id = b.campaign_id join workspaces z on z.id = c.workspace_id left join campaign_economics k on k.campaign_id = c.id
    left join users u on u.id = c.owner_id
    left join template_uses x on x.workspace_id = c.workspace_id and x.campaign_id = c.id
    left join templates t on t.id = x.template_id
    order by coalesce(b.sent, 0) desc, b.campaign_id, b.channel`);
  return rows.map((row) => ({ ...noCounts, ...row }));
}

async function beforeOf(tx: Transaction, ctx: Context, within: Within): Promise<Counts> {
  const [row] = await tx.execute<Partial<Counts>>(sql`
    select m.*, v.* from (select ${messages} from run_rollups r where workspace_id = ${ctx.workspaceId} and ${within("bucket")}
      ${ownOnly(ctx, "r.campaign_id")}) m,
      (select ${credits} from conversion_rollups r where workspace_id = ${ctx.workspaceId} and ${within("bucket")}
      ${ownOnly(ctx, "r.campaign_id")}) v`);
  return { ...noCounts, ...row };
}

/** Requests that a message caused, by when they were made. */
async function callbacksOf(tx: Transaction, ctx: Context, within: Within): Promise<Callbacks> {
  const [row] = await tx.execute<Callbacks>(sql`
    select count(*)::int as requested,
      count(*) filter (where status in ('pending', 'assigned', 'in_progress', 'scheduled'))::int as open,
      count(*) filter (where contacted_at is not null)::int as talked,
      count(*) filter (where conversion_value_micros > 0)::int as converted,
      coalesce(sum(conversion_value_micros), 0)::text as value
    from callback_requests r
    where workspace_id = ${ctx.workspaceId} and campaign_id is not null and ${within("created_at")} ${ownOnly(ctx, "r.campaign_id")}`);
  return row ?? { requested: 0, open: 0, talked: 0, converted: 0, value: "0" };
}

async function daysOf(
  tx: Transaction,
  ctx: Context,
  { from, until, zone, within }: Bounds & { within: Within },
): Promise<WorkspacePeriod["days"]> {
  const day = (column: string) => sql`(${sql.raw(column)} at time zone ${zone})::date`;
  const rows = await tx.execute<WorkspacePeriod["days"][number]>(sql`
    with moved as (
      select ${day("bucket")} as at, sent, delivered, opened, clicked, 0 as converted, cost_micros as cost, 0::bigint as revenue,
        0 as callbacks
      from run_rollups r where workspace_id = ${ctx.workspaceId} and ${within("bucket")} ${ownOnly(ctx, "r.campaign_id")}
      union all
      select ${day("bucket")}, 0, 0, 0, 0, converted, 0, revenue_micros, 0
      from conversion_rollups r where workspace_id = ${ctx.workspaceId} and ${within("bucket")} ${ownOnly(ctx, "r.campaign_id")}
      union all
      select ${day("created_at")}, 0, 0, 0, 0, 0, 0, 0, 1 from callback_requests r
      where workspace_id = ${ctx.workspaceId} and campaign_id is not null and ${within("created_at")} ${ownOnly(ctx, "r.campaign_id")}),
    summed as (
      select at, sum(sent)::int as sent, sum(delivered)::int as delivered, sum(opened)::int as opened, sum(clicked)::int as clicked,
        sum(converted)::int as converted, sum(cost)::text as cost, sum(revenue)::text as revenue, sum(callbacks)::int as callbacks
      from moved group by 1)
    select d.at::date::text as at, coalesce(s.sent, 0) as sent, coalesce(s.delivered, 0) as delivered,
      coalesce(s.opened, 0) as opened, coalesce(s.clicked, 0) as clicked, coalesce(s.converted, 0) as converted,
      coalesce(s.cost, '0') as cost, coalesce(s.revenue, '0') as revenue, coalesce(s.callbacks, 0) as callbacks
    from generate_series(${from}::date, ${until}::date, interval '1 day') as d (at) left join summed s on s.at = d.at::date
    order by d.at`);
  return [...rows];
}
