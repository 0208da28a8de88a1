import { type SQL, sql } from "drizzle-orm";
import type { Transaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";

/**
 * Locks the workspace's rows of `table` (known as `t` in `value`) that have one of the ids until the transaction ends, and
 * returns what they hold by id. Rows are read by their ids and joined with nothing: where the statistics know only earlier
 * imports, Postgres expects one row of the workspace, and reads all of them again for each row of the other side.
 */
export async function lockById<Value>(
  tx: Transaction,
  ctx: Context,
  { table, ids, value }: { table: SQL; ids: string[]; value: SQL },
): Promise<Map<string, Value>> {
  const rows = await tx.execute<{ id: string; value: Value }>(sql`
    select t.id, ${value} as value from ${table} t
    where t.workspace_id = ${ctx.workspaceId} and t.id = any(${sql.param(ids)}::uuid[]) order by t.id for update`);
  return new Map(rows.map((row) => [row.id, row.value]));
}
