import { type SQL, sql } from "drizzle-orm";
import type { Transaction } from "@/db/transaction";
import { goalWindows } from "@/server/campaigns/status";
import type { Context } from "@/server/platform/context";

/** No window is longer, so that runs before it are not looked at. */
const LONGEST_WINDOW_DAYS = 400;

type Runs = { parts: number[]; numbers: number[] };

/**
 * Credits conversions to the last touch inside its window (`metrics.md`), in bulk: of all messages of campaigns that may be
 * credited, the one whose newest touch before the conversion is the latest. Touches are deliveries that did not bounce and
 * what people, not machines, did. The window of a touch that is credited already stays as it stood: what was due then is paid since.
 * Safe to repeat; call it within `changingConversions`.
 */
export async function attribute(tx: Transaction, ctx: Context, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const list = sql`any(${sql.param([...ids])}::uuid[])`;
  const runs = await runsThatMeasure(tx, ctx, list);
  await tx.execute(sql`
    with given as materialized (
      select id, customer_id, source, name, only_campaign_id, policy_number, auto_debit, occurred_at, run_number, seq, touch_kind,
        touched_at, window_ends_at from conversions
      where workspace_id = ${ctx.workspaceId} and id = ${list}),
    touches as materialized (${touchesOf(ctx, runs)}),
    best as (
      select distinct on (t.id) t.* from touches t
      order by t.id, t.at desc, t.rank desc, t.run_number desc, t.seq desc),
    evidence as (
      select id, jsonb_agg(jsonb_build_object('campaignId', campaign_id, 'runNumber', run_number, 'seq', seq, 'channel', channel,
        'kind', kind, 'at', ${iso("at")}, 'windowEndsAt', ${iso("ends_at")}) order by at desc, rank desc, run_number desc, seq desc)
        as touches
      from (select t.*, row_number() over (partition by id order by at desc, rank desc, run_number desc, seq desc) as nth
        from touches t) t where nth <= 20 group by id)
    update conversions c set campaign_id = b.campaign_id, run_number = b.run_number, part = b.part, seq = b.seq,
      channel = b.channel, variant = b.variant, touch_kind = b.kind, touched_at = b.at, window_ends_at = b.ends_at,
      touches = coalesce(v.touches, '[]')
    from given g left join best b on b.id = g.id left join evidence v on v.id = g.id
    where c.id = g.id and (c.run_number, c.seq, c.touch_kind, c.touched_at, c.window_ends_at, c.touches)
      is distinct from (b.run_number, b.seq, b.kind, b.at, b.ends_at, coalesce(v.touches, '[]'))`);
}

const iso = (column: string): SQL =>
  sql.raw(`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`);

/** Runs of the campaigns that may be credited: named here, so that only their parts of the ledger are opened. */
async function runsThatMeasure(tx: Transaction, ctx: Context, ids: SQL): Promise<Runs> {
  const rows = await tx.execute<{ number: number; part: number }>(sql`
    select r.number::int as number, r.part from campaign_runs r join campaigns k on k.id = r.campaign_id
    where r.workspace_id = ${ctx.workspaceId} and r.part is not null and exists (
      select from conversions c where c.workspace_id = ${ctx.workspaceId} and c.id = ${ids} and ${mayCredit}
        and r.created_at > c.occurred_at - ${LONGEST_WINDOW_DAYS} * interval '24 hours')`);
  return { parts: [...new Set(rows.map(({ part }) => part))], numbers: rows.map(({ number }) => number) };
}

/** Whether campaign `k` may be credited with conversion `c`; what a person answers takes no credit from what was asked about. */
const mayCredit = sql`not k.answers and case when c.only_campaign_id is not null then k.id = c.only_campaign_id
  when c.source = 'payment' then k.goal = 'renewal_rate' or k.conversion_event = 'premium_paid'
  when c.name is not null then k.conversion_event = c.name else true end
  and k.carries is null and (k.goal <> 'renewal_rate' or k.counts_auto_debit or not c.auto_debit)`;

const goals = sql.raw(
  Object.entries(goalWindows)
    .map(([goal, { days, untilGrace }]) => `('${goal}', ${days}, ${untilGrace})`)
    .join(", "),
);

/** For each conversion (`given`) and message: the newest touch before it, if the conversion lies in its window. */
const touchesOf = (ctx: Context, { parts, numbers }: Runs): SQL => sql`
  select c.id, k.id as campaign_id, e.part, e.run_number, e.seq, e.channel, e.variant, t.kind, t.at, t.rank, w.ends_at
  from given c
  join executions e on e.workspace_id = ${ctx.workspaceId} and e.customer_id = c.customer_id and e.arm = 'treated'
    and e.channel is not null and e.part = any(${sql.param(parts)}::int[]) and e.run_number = any(${sql.param(numbers)}::bigint[])
  join campaign_runs r on r.number = e.run_number
  join campaigns k on k.id = r.campaign_id and ${mayCredit}
  join (values ${goals}) as g (goal, days, until_grace) on g.goal = k.goal
  join workspaces z on z.id = ${ctx.workspaceId}
  cross join lateral (
    select x.kind, x.at, array_position(array['delivered', 'opened', 'clicked', 'replied'], x.kind) as rank from (
      select 'delivered' as kind, s.at from execution_results s
      where s.part = e.part and s.run_number = e.run_number and s.seq = e.seq and s.state = 'delivered' and not ${bounced}
      union all
      select case d.kind when 'read' then 'opened' else d.kind end, d.occurred_at from delivery_events d
      where d.part = e.part and d.run_number = e.run_number and d.seq = e.seq and not d.machine
        and d.kind in ('delivered', 'read', 'opened', 'clicked', 'replied') and (d.kind <> 'delivered' or not ${bounced})) x
    where x.at <= c.occurred_at order by x.at desc, rank desc limit 1) t
  cross join lateral (
    select case when (c.run_number, c.seq, c.touch_kind, c.touched_at) = (e.run_number, e.seq, t.kind, t.at) then c.window_ends_at
      when k.attribution_days is null and g.until_grace then ${graceEnds} end as ends_at) due
  cross join lateral (
    select coalesce(due.ends_at, t.at + coalesce(k.attribution_days, g.days) * interval '24 hours') as ends_at) w
  where c.occurred_at < w.ends_at`;

const bounced = sql`exists (select from delivery_events b where b.part = e.part and b.run_number = e.run_number
  and b.seq = e.seq and b.kind = 'bounced' and not b.machine)`;

/**
 * The end of the last day of grace of what was due at the touch: of the policy that the conversion names, else of the
 * customer's earliest. Null where no due date is known.
 */
const graceEnds = sql`(select (coalesce(
    (select min(p.due_date + x.grace_days) from premium_payments p join policies x on x.id = p.policy_id
      where p.workspace_id = z.id and p.customer_id = c.customer_id
        and (c.policy_number is null or x.policy_number = c.policy_number)
        and (p.paid_at is null or p.paid_at >= t.at)
        and p.due_date + x.grace_days >= (t.at at time zone z.time_zone)::date),
    (select min(x.renewal_date + x.grace_days) from policies x
      where x.workspace_id = z.id and x.customer_id = c.customer_id
        and (c.policy_number is null or x.policy_number = c.policy_number)
        and x.renewal_date + x.grace_days >= (t.at at time zone z.time_zone)::date)) + 1)::timestamp at time zone z.time_zone)`;
