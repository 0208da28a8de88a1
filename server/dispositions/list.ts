import { sql } from "drizzle-orm";
import { type Transaction, withTransaction } from "@/db/transaction";
import { defaultDispositions } from "@/server/callbacks/content";
import type { Context } from "@/server/platform/context";
import { newId } from "@/server/platform/ids";

export type DispositionLine = {
  id: string;
  key: string;
  label: string;
  ends: "completed" | "cancelled" | "follow_up";
  resolved: boolean;
};

/** The ways to close a call, in the order in which agents see them. */
export function listDispositions(ctx: Context): Promise<DispositionLine[]> {
  return withTransaction(ctx, async (tx) => {
    const rows = await read(tx, ctx);
    if (rows.length > 0) return rows;
    await makeFirst(tx, ctx);
    return read(tx, ctx);
  });
}

async function read(tx: Transaction, ctx: Context): Promise<DispositionLine[]> {
  return [
    ...(await tx.execute<DispositionLine>(sql`
      select id, key, label, ends, resolved from dispositions
      where workspace_id = ${ctx.workspaceId} and archived_at is null order by position, id`)),
  ];
}

/** Once: a workspace that archived all of them keeps none. Two who look at once make them once. */
async function makeFirst(tx: Transaction, ctx: Context): Promise<void> {
  const rows = defaultDispositions.map((row, position) => ({ id: newId(), position, ...row }));
  await tx.execute(sql`
    insert into dispositions (id, workspace_id, key, label, ends, resolved, position)
    select d.id, ${ctx.workspaceId}, d.key, d.label, d.ends, d.resolved, d.position
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as d(id uuid, key text, label text, ends text, resolved boolean, position int)
    where not exists (select from dispositions o where o.workspace_id = ${ctx.workspaceId})
    on conflict do nothing`);
}
