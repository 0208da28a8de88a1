import { type SQL, sql } from "drizzle-orm";
import type { Transaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import type { Counts } from "./status";

/** The runs of a campaign, named so that only their parts of the ledger are opened. */
export type Runs = { parts: number[]; numbers: number[] };

/** The runs of a campaign that have a part of the ledger; empty before its launch. */
export async function runsOf(tx: Transaction, ctx: Context, campaignId: string): Promise<Runs> {
  const rows = await tx.execute<{ part: number; number: number }>(sql`
    select part, number::int as number from campaign_runs
    where workspace_id = ${ctx.workspaceId} and campaign_id = ${campaignId} and part is not null`);
  return { parts: [...new Set(rows.map(({ part }) => part))], numbers: rows.map(({ number }) => number) };
}

export type Grouped = Counts & { key: string };

type Grouping = {
  campaignId: string;
  runs: Runs;
  /** Rows with a column `key` for the customer `c` and the execution `e`: one, or one for each group that it is in. */
  keys: SQL;
};

/**
 * The counts of a campaign by any key, from its rows alone. By the definitions of the roll-ups: the state is the highest
 * rank, `sent` is what any row proves, people count at their first human event, customers at their first conversion.
 */
export async function groupedFacts(
  tx: Transaction,
  ctx: Context,
  { campaignId, runs, keys }: Grouping,
): Promise<Grouped[]> {
  if (runs.numbers.length === 0) return [];
  const of = (row: string) =>
    sql`${sql.raw(row)}.part = any(${sql.param(runs.parts)}::int[]) and ${sql.raw(row)}.run_number = any(${sql.param(runs.numbers)}::bigint[])`;
  const state = (name: string) => sql`count(*) filter (where t.rank = execution_state_rank(${name}))::int`;
  const did = (kind: string) => sql`count(*) filter (where d.${sql.raw(kind)})::int as ${sql.raw(kind)}`;
  const rows = await tx.execute<Grouped>(sql`
    with told as materialized (
      select run_number, seq, max(execution_state_rank(state)) as rank, bool_or(accepted) as accepted, sum(cost) as cost from (
        select r.run_number, r.seq, r.state, r.state in ('sent', 'delivered') as accepted, r.cost_micros as cost
        from execution_results r
        where ${of("r")} and not (r.state = 'cancelled' and r.reason is not distinct from 'answered')
        union all
        select d.run_number, d.seq, case d.kind when 'read' then 'delivered' else d.kind end, true, d.cost_micros
        from delivery_events d where ${of("d")} and d.counted and d.kind in ('delivered', 'read', 'bounced', 'failed')) x
      group by 1, 2),
    did as materialized (
      select d.run_number, d.seq, bool_or(d.kind = 'opened') as opened, bool_or(d.kind = 'clicked') as clicked,
        bool_or(d.kind = 'replied') as replied, bool_or(d.kind = 'unsubscribed') as unsubscribed,
        bool_or(d.kind = 'complained') as complained
      from delivery_events d where ${of("d")} and d.first
        and d.kind in ('opened', 'clicked', 'replied', 'unsubscribed', 'complained') group by 1, 2),
    credited as materialized (
      select v.run_number, v.seq, count(*) filter (where v.nth = 1)::int as converted, count(*)::int as conversions,
        coalesce(sum(v.value_micros) filter (where v.currency = w.currency), 0)::bigint as revenue
      from (select v.*, row_number() over (partition by v.run_number, v.customer_id order by v.occurred_at, v.id) as nth
        from conversions v where v.workspace_id = ${ctx.workspaceId} and v.campaign_id = ${campaignId}
          and v.discounted_for is null) v
      join workspaces w on w.id = v.workspace_id group by 1, 2)
    select k.key, count(*)::int as targeted, count(*) filter (where t.accepted)::int as sent, ${state("delivered")} as delivered,
      ${state("bounced")} as bounced, ${state("failed")} as failed, ${state("skipped")} as skipped, ${did("opened")},
      ${did("clicked")}, ${did("replied")}, ${did("unsubscribed")}, ${did("complained")},
      coalesce(sum(v.converted), 0)::int as converted, coalesce(sum(v.conversions), 0)::int as conversions,
      coalesce(sum(v.revenue), 0)::text as revenue, coalesce(sum(t.cost), 0)::text as cost
    from executions e left join customers c on c.id = e.customer_id
    cross join lateral (${keys}) k
    left join told t on t.run_number = e.run_number and t.seq = e.seq
    left join did d on d.run_number = e.run_number and d.seq = e.seq
    left join credited v on v.run_number = e.run_number and v.seq = e.seq
    where ${of("e")} and e.arm = 'treated'
    group by 1 order by 2 desc, 1`);
  return [...rows];
}
