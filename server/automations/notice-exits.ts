import { sql } from "drizzle-orm";
import { executePrepared } from "@/db/execute-prepared";
import { withTransaction } from "@/db/transaction";
import { bumpTopicsSoon } from "@/server/platform/bump-soon";
import type { Context } from "@/server/platform/context";

/**
 * Ends the entries of touched customers whose exit has come, while they wait: within a second of what happened. Their workflows
 * are told to stop; one that is not told looks when its wait ends and finds the entry ended. Returns how many left.
 */
export async function noticeExits(ctx: Context, customerIds: readonly string[]): Promise<number> {
  if (customerIds.length === 0) return 0;
  const left = await withTransaction(ctx, async (tx) => {
    const rows = await executePrepared<{ campaignId: string; customerId: string }>(
      tx,
      sql`
      with gone as (
        select e.run_number, e.seq, exit_of_entry(e, r.part, r.content -> 'exits') as reason
        from automation_entries e join campaign_runs r on r.number = e.run_number
        where e.workspace_id = ${ctx.workspaceId} and e.customer_id = any(${sql.param([...customerIds])}::uuid[])
          and e.status = 'inside'
        order by e.run_number, e.seq for update of e),
      ended as (
        update automation_entries e set status = 'left', reason = g.reason, ended_at = clock_now(), wakes_at = null,
          waits_since = null, waits_for = null
        from gone g where g.reason is not null and e.run_number = g.run_number and e.seq = g.seq and e.status = 'inside'
        returning e.campaign_id, e.customer_id, e.run_number, e.seq),
      stopped as (
        insert into outbox (workspace_id, event_id, name, data)
        select ${ctx.workspaceId}, ${`${ctx.workspaceId}:automation/left:`} || run_number || ':' || seq, 'automation/left',
          jsonb_build_object('workspaceId', ${ctx.workspaceId}::text, 'entry', run_number || ':' || seq)
        from ended on conflict (event_id) do nothing)
      select campaign_id as "campaignId", customer_id as "customerId" from ended`,
    );
    if (rows.length > 0)
      await tx.execute(sql`
        update campaign_runs r set live = false
        where r.workspace_id = ${ctx.workspaceId} and r.live
          and r.campaign_id = any(${sql.param([...new Set(rows.map(({ campaignId }) => campaignId))])}::uuid[])
          and not exists (select from automations a where a.campaign_id = r.campaign_id and a.run_number = r.number)
          and not exists (select from automation_entries e where e.run_number = r.number and e.status = 'inside')`);
    return [...rows];
  });
  for (const { campaignId, customerId } of left)
    bumpTopicsSoon(ctx.workspaceId, `campaign:${campaignId}`, `customer:${customerId}`);
  return left.length;
}
