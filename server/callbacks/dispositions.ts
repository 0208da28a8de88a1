import { sql } from "drizzle-orm";
import type { Transaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { newId } from "@/server/platform/ids";
import { defaultDispositions } from "./content";

export type Disposition = {
  key: string;
  label: string;
  ends: "completed" | "cancelled" | "follow_up";
  resolved: boolean;
};

/** How calls can end: what the workspace defined, in its order, else the product's own list. */
export async function readDispositions(tx: Transaction, ctx: Context): Promise<Disposition[]> {
  const rows = await tx.execute<Disposition>(sql`
    select key, label, ends, resolved from dispositions
    where workspace_id = ${ctx.workspaceId} and archived_at is null order by position, id`);
  return rows.length > 0 ? [...rows] : [...defaultDispositions];
}

/**
 * Makes the product's own list the workspace's, once: what a closed request names has to be found, by its words and by whether
 * it solved something. A workspace that archived all of them keeps none. Two who ask at once make them once.
 */
export async function keepDispositions(tx: Transaction, ctx: Context): Promise<void> {
  const rows = defaultDispositions.map((row, position) => ({ id: newId(), position, ...row }));
  await tx.execute(sql`
    insert into dispositions (id, workspace_id, key, label, ends, resolved, position)
    select d.id, ${ctx.workspaceId}, d.key, d.label, d.ends, d.resolved, d.position
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as d(id uuid, key text, label text, ends text, resolved boolean, position int)
    where not exists (select from dispositions o where o.workspace_id = ${ctx.workspaceId})
    on conflict do nothing`);
}
