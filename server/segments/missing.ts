import { sql } from "drizzle-orm";
import type { Transaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { isId } from "@/server/platform/ids";

/** Those of the ids that are of no segment of the workspace, or of one that was deleted. */
export async function missingSegments(
  tx: Transaction,
  ctx: Context,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  const asked = [...new Set(ids)];
  if (asked.length === 0) return new Set();
  const rows = await tx.execute<{ id: string }>(sql`
    select id from segments where workspace_id = ${ctx.workspaceId} and deleted_at is null
      and id = any(${sql.param(asked.filter(isId))}::uuid[])`);
  const there = new Set(rows.map(({ id }) => id));
  return new Set(asked.filter((id) => !there.has(id)));
}
