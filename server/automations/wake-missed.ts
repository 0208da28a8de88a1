import { sql } from "drizzle-orm";
import { withTransaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";

/**
 * Wakes those for whom the event came between their look and their workflow's listening: it has no look-back. Every quarter of
 * an hour, for what the last one may have missed.
 */
export async function wakeMissed(ctx: Context): Promise<void> {
  await withTransaction(ctx, (tx) =>
    tx.execute(sql`
    insert into outbox (workspace_id, event_id, name, data)
    select distinct on (e.run_number, e.seq) e.workspace_id,
      ${`${ctx.workspaceId}:automation/woken:`} || e.run_number || ':' || e.seq || ':again:' || v.id, 'automation/woken',
      jsonb_build_object('workspaceId', e.workspace_id, 'entry', e.run_number || ':' || e.seq)
    from automation_entries e join customer_events v on v.workspace_id = e.workspace_id and v.customer_id = e.customer_id
      and v.name = e.waits_for and v.received_at >= e.waits_since
    where e.workspace_id = ${ctx.workspaceId} and e.waits_for is not null
    on conflict (event_id) do nothing`),
  );
}
