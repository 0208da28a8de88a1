import { sql } from "drizzle-orm";
import type { Transaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";

/** One message to the customer, with its state by the ranks of `joints.md`. */
export type CustomerMessage = {
  campaignId: string;
  campaignName: string;
  channel: string | null;
  state: string;
  reason: string | null;
  opened: boolean;
  clicked: boolean;
  /** ISO instant of the result that made the state; null while it waits. */
  at: string | null;
};

/** The customer's messages, newest campaign run first. */
export async function readMessages(
  tx: Transaction,
  ctx: Context,
  customerId: string,
): Promise<CustomerMessage[]> {
  const rows = await tx.execute<CustomerMessage>(sql`
    select c.id as "campaignId", c.name as "campaignName", e.channel, best.reason,
      case when e.arm = 'held_out' then 'held_out' else coalesce(best.state, 'pending') end as state,
      coalesce(seen.opened, false) as opened, coalesce(seen.clicked, false) as clicked,
      to_char(best.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as at
    from (select * from executions x where x.workspace_id = ${ctx.workspaceId} and x.customer_id = ${customerId}
      order by x.run_number desc, x.seq limit 30) e
    join campaign_runs r on r.number = e.run_number
    join campaigns c on c.id = r.campaign_id
    left join lateral (
      select state, reason, at from (
        select state, reason, at from execution_results x
          where x.part = e.part and x.run_number = e.run_number and x.seq = e.seq
        union all
        select kind, null, occurred_at from delivery_events x
          where x.part = e.part and x.run_number = e.run_number and x.seq = e.seq and kind in ('delivered', 'bounced')
      ) facts order by execution_state_rank(state) desc, at desc limit 1) best on true
    left join lateral (
      select bool_or(kind in ('opened', 'clicked')) as opened, bool_or(kind = 'clicked') as clicked
      from delivery_events x
      where x.part = e.part and x.run_number = e.run_number and x.seq = e.seq and not machine) seen on true
    order by e.run_number desc, e.seq`);
  return [...rows];
}
