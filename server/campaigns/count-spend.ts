import { sql } from "drizzle-orm";
import type { Transaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";

/**
 * Begins the account of a campaign that had no budget until now with what it has spent already, to the last message. Places
 * that were taken for messages which have not gone are given back: each takes its own again, and its price, when it goes.
 * False while messages are on their way: their cost is not known yet, so nothing was written. Runs while the campaign is
 * paused and locked by the caller.
 */
export async function countSpend(tx: Transaction, ctx: Context, campaignId: string): Promise<boolean> {
  const [hand] = await tx.execute<{ busy: boolean }>(sql`
    select exists (select from execution_batches where campaign_id = ${campaignId} and status = 'open'
      and lease_owner is not null) as busy`);
  if (hand?.busy) return false;
  await tx.execute(sql`
    delete from sending_reservations v where v.campaign_id = ${campaignId} and v.workspace_id = ${ctx.workspaceId}
      and not exists (select from execution_results r join campaign_runs c on c.number = r.run_number and c.part = r.part
        where r.run_number = v.run_number and r.seq = v.seq and r.state in ('sent', 'delivered', 'unknown'))`);
  await tx.execute(sql`
    insert into campaign_spend (campaign_id, workspace_id, reserved_micros)
    select ${campaignId}, ${ctx.workspaceId},
      coalesce((select sum(v.cost_micros) from sending_reservations v where v.campaign_id = ${campaignId}), 0)
      + coalesce((
        select sum(coalesce(r.cost_micros, r.quoted_micros)) from execution_results r
        join campaign_runs c on c.number = r.run_number and c.part = r.part
        where c.campaign_id = ${campaignId} and c.workspace_id = ${ctx.workspaceId}
          and r.state in ('sent', 'delivered', 'unknown')
          and not exists (select from sending_reservations v where v.run_number = r.run_number and v.seq = r.seq)), 0)
    on conflict (campaign_id) do update set reserved_micros = excluded.reserved_micros`);
  return true;
}
