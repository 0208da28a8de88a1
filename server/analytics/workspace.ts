import { type SQL, sql } from "drizzle-orm";
import { executePrepared } from "@/db/execute-prepared";
import { type Transaction, withTransaction } from "@/db/transaction";
import type { CampaignGoal, CampaignType } from "@/server/campaigns/status";
import type { Channel } from "@/server/channels/status";
import { requireReader } from "@/server/deliveries";
import type { Context } from "@/server/platform/context";
import { required } from "@/server/platform/errors";
import { countedFromDays, countedFromQuarters, type Days } from "./campaign-days";
import { beginningOf, counted, credited } from "./day-columns";
import { type PeriodInput, periodInput } from "./schemas";
import { type Counts, noCounts } from "./status";

/** A campaign's share of the period on one channel; `targeted` is not of a period, and stays zero. */
export type CampaignShare = Counts & {
  campaignId: string;
  name: string;
  type: CampaignType;
  goal: CampaignGoal;
  /** What people answered to customers, or the queue wrote to them: sent and paid for, and no campaign to learn from. */
  carrier: boolean;
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

type Bounds = {
  days: number;
  zone: string;
  currency: string;
  from: string;
  until: string;
  previous: string;
  /** When each day of both periods begins, and when the last one ends. */
  beginnings: string[];
  /** Whether days are folded by this zone. */
  folded: boolean;
};

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
        select time_zone as zone, coalesce(days_zone = time_zone, false) as folded, currency,
          coalesce(${until ?? null}::date, (clock_now() at time zone time_zone)::date) as until
        from workspaces where id = ${ctx.workspaceId})
      select ${days}::int as days, zone, folded, currency, until::text, (until - ${days - 1}::int)::text as from,
        (until - ${2 * days - 1}::int)::text as previous, ${beginningsOf(2 * days)} as beginnings
      from of`);
    const bounds = required(row, "workspace");
    const { zone, currency, from } = bounds;
    return {
      ...{ from, until: bounds.until, zone, currency },
      ...(await figuresOf(tx, ctx, bounds)),
      callbacks: await callbacksOf(tx, ctx, withinDays(bounds, days)),
    };
  });
}

/** The beginnings of the last so many days, and of the next one. */
const beginningsOf = (days: number): SQL => sql`
  (select jsonb_agg(${beginningOf(sql`until - nth`, sql`zone`)} order by nth desc)
    from generate_series(-1, ${days - 1}::int) as s (nth))`;

type Within = (column: string) => SQL;

/** The last so many days of the period. */
const withinDays = ({ beginnings }: Bounds, days: number): Within => {
  const [begin, end] = [beginnings.at(-1 - days), beginnings.at(-1)];
  return (column) =>
    sql`${sql.raw(column)} >= ${begin}::timestamptz and ${sql.raw(column)} < ${end}::timestamptz`;
};

/** Whose campaigns: everybody's, or an advisor's own. */
const ownOnly = (ctx: Context, campaign: string): SQL =>
  ctx.role === "advisor" && !ctx.isApprover
    ? sql`and exists (select from campaigns o where o.id = ${sql.raw(campaign)} and o.owner_id = ${ctx.userId})`
    : sql``;

/** What was counted summed as it is shown: counts, and money as text. */
const shown: SQL = sql.raw(
  [
    ...[...counted, ...credited].map((each) => `coalesce(sum(${each}), 0)::int as ${each}`),
    ...["cost", "revenue"].map((each) => `coalesce(sum(${each}_micros), 0)::text as ${each}`),
  ].join(", "),
);

type Figures = Pick<WorkspacePeriod, "shares" | "before" | "days">;

/**
 * Both periods are read once, and what is shown is summed from that: from folded days, or from the roll-ups where the days are
 * cut by another zone than the period is (it was changed just now). The statement that reads the days says whether they are.
 */
async function figuresOf(tx: Transaction, ctx: Context, bounds: Bounds): Promise<Figures> {
  const { from, until, previous, beginnings, folded } = bounds;
  const read: Days = { first: previous, last: until, beginnings };
  const source = folded ? countedFromDays : countedFromQuarters;
  // Prepared: a tenth of the time of a quarter went into planning it, and the same plan suits every period.
  const [row] = await executePrepared<{
    shares: CampaignShare[];
    before: Partial<Counts>;
    days: Figures["days"];
    cut: boolean;
  }>(
    tx,
    sql`
    with counted as materialized (${source({ ctx, days: read, only: (campaign) => ownOnly(ctx, campaign) })}),
    shares as (${sharesOf(bounds)}),
    before as (select ${shown} from counted where day < ${from}::date),
    days as (${daysOf(ctx, bounds)})
    select (select coalesce(jsonb_agg(to_jsonb(s) order by s.sent desc, s."campaignId", s.channel), '[]') from shares s) as shares,
      (select to_jsonb(b) from before b) as before, (select jsonb_agg(to_jsonb(d) order by d.at) from days d) as days,
      (select coalesce(days_zone = ${bounds.zone}, false) from workspaces where id = ${ctx.workspaceId}) as cut`,
  );
  const { shares, before, days, cut } = required(row, "period");
  if (folded && !cut) return figuresOf(tx, ctx, { ...bounds, folded: false });
  return {
    days,
    shares: shares.map((share) => ({ ...noCounts, ...share })),
    before: { ...noCounts, ...before },
  };
}

const sharesOf = (bounds: Bounds): SQL => sql`
  select b.campaign_id as "campaignId", c.name, c.type, c.goal, (c.answers or c.carries is not null) as carrier, b.channel, c.owner_id as "ownerId",
    coalesce(u.name, '') as "ownerName", coalesce(t.name, '') as template, ${sql.raw(
      [...counted, ...credited, "cost", "revenue"].map((each) => `b.${each}`).join(", "),
    )}, k.margin, extract(hour from c.launched_at at time zone ${bounds.zone})::int as hour,
    case when ${withinDays(bounds, bounds.days)("c.launched_at")} and b.channel = min(b.channel) over (partition by b.campaign_id)
      then coalesce(k.fixed_cost_micros, 0) else 0 end::text as "fixedCost"
  from (select campaign_id, channel, ${shown} from counted where day >= ${bounds.from}::date group by 1, 2) b
  join campaigns c on c.id = b.campaign_id
  left join campaign_economics k on k.campaign_id = c.id
  left join users u on u.id = c.owner_id
  left join template_uses x on x.workspace_id = c.workspace_id and x.campaign_id = c.id
  left join templates t on t.id = x.template_id`;

const daysOf = (ctx: Context, bounds: Bounds): SQL => {
  const { zone, from, until } = bounds;
  return sql`
    select d.at::date::text as at, coalesce(m.sent, 0)::int as sent, coalesce(m.delivered, 0)::int as delivered,
      coalesce(m.opened, 0)::int as opened, coalesce(m.clicked, 0)::int as clicked, coalesce(m.converted, 0)::int as converted,
      coalesce(m.cost, 0)::text as cost, coalesce(m.revenue, 0)::text as revenue, coalesce(r.callbacks, 0)::int as callbacks
    from generate_series(${from}::date, ${until}::date, interval '1 day') as d (at)
    left join (select day, sum(sent) as sent, sum(delivered) as delivered, sum(opened) as opened, sum(clicked) as clicked,
      sum(converted) as converted, sum(cost_micros) as cost, sum(revenue_micros) as revenue from counted group by 1) m
      on m.day = d.at::date
    left join (select (created_at at time zone ${zone})::date as day, count(*) as callbacks from callback_requests r
      where workspace_id = ${ctx.workspaceId} and campaign_id is not null and ${withinDays(bounds, bounds.days)("created_at")}
        ${ownOnly(ctx, "r.campaign_id")} group by 1) r on r.day = d.at::date`;
};

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
