import { sql } from "drizzle-orm";
import { type Transaction, withTransaction } from "@/db/transaction";
import { type Context, requireRole } from "@/server/platform/context";
import { insertSegment } from "./create";
import { findSegment, lockRules } from "./find";
import { longest, segmentEditors } from "./status";

/** Makes a new segment with the same rule, under a name that is free. Returns its id. @throws AppError FORBIDDEN, NOT_FOUND */
export async function duplicateSegment(ctx: Context, input: { id: string }): Promise<{ id: string }> {
  requireRole(ctx, ...segmentEditors);
  return withTransaction(ctx, async (tx) => {
    await lockRules(tx, ctx);
    const { name, description, rule } = await findSegment(tx, ctx, input.id);
    const free = await freeName(tx, ctx, name);
    return insertSegment(tx, ctx, {
      name: free,
      description,
      rule,
      tracked: false,
      action: "segment.duplicated",
    });
  });
}

/** "Copy of X", "Copy of X 2", … */
async function freeName(tx: Transaction, ctx: Context, name: string): Promise<string> {
  const rows = await tx.execute<{ name: string }>(sql`
    select lower(name) as name from segments
    where workspace_id = ${ctx.workspaceId} and archived_at is null and deleted_at is null`);
  const taken = new Set(rows.map((row) => row.name));
  const base = `Copy of ${name}`.slice(0, longest.name - 5).trim();
  let free = base;
  for (let nth = 2; taken.has(free.toLowerCase()); nth++) free = `${base} ${nth}`;
  return free;
}
