import { sql } from "drizzle-orm";
import { executePrepared } from "@/db/execute-prepared";
import type { Transaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";

type Happened = { id: string; name: string; customerId: string };

/** Those of these names of events that somebody inside waits for. Nearly always it is none: a look into the index a name. */
export async function awaitedNames(
  tx: Transaction,
  ctx: Context,
  names: readonly string[],
): Promise<Set<string>> {
  const rows = await executePrepared<{ name: string }>(
    tx,
    sql`
    select n.name from unnest(${sql.param([...names])}::text[]) as n (name)
    where exists (select from automation_entries e where e.workspace_id = ${ctx.workspaceId} and e.waits_for = n.name)`,
  );
  return new Set(rows.map(({ name }) => name));
}

/** Wakes those inside who wait for one of these events, with the transaction that stored them. */
export async function wakeWaiting(tx: Transaction, ctx: Context, stored: readonly Happened[]): Promise<void> {
  if (stored.length === 0) return;
  const given = JSON.stringify(stored.map(({ id, name, customerId }) => ({ id, name, customerId })));
  await tx.execute(sql`
    insert into outbox (workspace_id, event_id, name, data)
    select distinct on (e.run_number, e.seq) ${ctx.workspaceId}::uuid,
      ${`${ctx.workspaceId}:automation/woken:`} || e.run_number || ':' || e.seq || ':' || g.id, 'automation/woken',
      jsonb_build_object('workspaceId', ${ctx.workspaceId}::text, 'entry', e.run_number || ':' || e.seq)
    from jsonb_to_recordset(${given}::jsonb) as g (id text, name text, "customerId" uuid)
    join automation_entries e on e.workspace_id = ${ctx.workspaceId} and e.customer_id = g."customerId"
      and e.waits_for = g.name
    on conflict (event_id) do nothing`);
}
