import { sql } from "drizzle-orm";
import { withTransaction } from "@/db/transaction";
import { touchCustomers } from "@/server/events";
import { recordAudit } from "@/server/platform/audit";
import { type Context, requireRole } from "@/server/platform/context";
import { AppError } from "@/server/platform/errors";
import { bumpTopics } from "@/server/platform/realtime";
import { changingConversions } from "../keep-rollups";
import { conversionEditors } from "../status";
import { findFile } from "./find";

/** Conversions that are taken back at once. */
const A_CALL = 2_000;

/**
 * Takes back the next 2,000 conversions of a file, corrected since or not: they leave every figure. Ask until `left` is
 * zero; the file's lines, if it has some left, are not taken any more. @throws AppError FORBIDDEN, NOT_FOUND, CONFLICT
 */
export async function undoFile(
  ctx: Context,
  { id }: { id: string },
): Promise<{ removed: number; left: number }> {
  requireRole(ctx, ...conversionEditors);
  return withTransaction(ctx, async (tx) => {
    const file = await findFile(tx, ctx, { id, lock: true });
    if (file.status === "undone") throw new AppError("CONFLICT", "This file was taken back already.");
    const rows = await tx.execute<{ id: string; customerId: string }>(sql`
      select id, customer_id as "customerId" from conversions
      where workspace_id = ${ctx.workspaceId} and file_id = ${file.id} order by id limit ${A_CALL}`);
    const ids = rows.map((row) => row.id);
    const customerIds = [...new Set(rows.map(({ customerId }) => customerId))];
    await touchCustomers(tx, ctx, customerIds, ["conversion"]);
    await changingConversions(tx, ctx, customerIds, () =>
      tx.execute(sql`
        delete from conversions where workspace_id = ${ctx.workspaceId} and id = any(${sql.param(ids)}::uuid[])`),
    );
    const [rest] = await tx.execute<{ left: number }>(sql`
      select count(*)::int as left from conversions where workspace_id = ${ctx.workspaceId} and file_id = ${file.id}`);
    const left = rest?.left ?? 0;
    if (left === 0) {
      await tx.execute(sql`
        update conversion_files set status = 'undone', content = null, finished_at = clock_now()
        where id = ${file.id} and workspace_id = ${ctx.workspaceId}`);
      await recordAudit(tx, ctx, {
        action: "conversions.upload_undone",
        subjectType: "conversion_file",
        subjectId: file.id,
        after: { name: file.name },
      });
    }
    await bumpTopics(tx, ctx, "conversions");
    return { removed: ids.length, left };
  });
}
