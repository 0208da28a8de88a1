import { and, eq, inArray, sql } from "drizzle-orm";
import { imports } from "@/db/schema/imports";
import type { Transaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { AppError, notFound, required } from "@/server/platform/errors";
import { parseId } from "@/server/platform/ids";
import { bumpTopics } from "@/server/platform/realtime";
import { type ImportVerb, statusLabels, transitionOf } from "./status";

export type ImportRow = typeof imports.$inferSelect;

const own = (ctx: Context, importId: string) =>
  and(eq(imports.workspaceId, ctx.workspaceId), eq(imports.id, parseId(importId)));

/** @throws AppError NOT_FOUND */
export async function findImport(tx: Transaction, ctx: Context, importId: string): Promise<ImportRow> {
  const [row] = await tx.select().from(imports).where(own(ctx, importId));
  return required(row, "import");
}

/** The import, locked until the transaction ends: the one gate for whoever works on it. @throws AppError NOT_FOUND */
export async function lockImport(tx: Transaction, ctx: Context, importId: string): Promise<ImportRow> {
  const [row] = await tx.select().from(imports).where(own(ctx, importId)).for("update");
  return required(row, "import");
}

/**
 * Moves an import by the table of `status.ts`, with `changes` to its other columns; open tabs re-read it.
 * @throws AppError NOT_FOUND, or CONFLICT when it is in another state
 */
export async function moveImport(
  tx: Transaction,
  ctx: Context,
  move: { importId: string; verb: ImportVerb; changes?: Partial<typeof imports.$inferInsert> },
): Promise<ImportRow> {
  const { from, to, done } = transitionOf(move.verb);
  const [row] = await tx
    .update(imports)
    .set({ ...move.changes, status: to })
    .where(and(own(ctx, move.importId), inArray(imports.status, [...from])))
    .returning();
  if (row) {
    await bumpTopics(tx, ctx, "imports", `import:${row.id}`);
    return row;
  }
  const [there] = await tx.select().from(imports).where(own(ctx, move.importId));
  if (!there) throw notFound("import");
  throw new AppError(
    "CONFLICT",
    `This import is “${statusLabels[there.status].label}” and cannot be ${done} now. Reload to see how it stands.`,
    { status: there.status },
  );
}

/** Sets the checkpoint and the counters back to the beginning, and lets go of the rows' keys. */
export const fromTheStart = {
  rowsRead: 0,
  bytesRead: 0,
  rowsCreated: 0,
  rowsUpdated: 0,
  rowsUnchanged: 0,
  rowsRejected: 0,
  records: {},
  failure: null,
} as const;

/** Empties what rows of a file were matched by so far; personal values with it. */
export async function forgetClaims(tx: Transaction, importId: string): Promise<void> {
  await tx.execute(sql`delete from import_claims where import_id = ${importId}`);
}

/** Deletes the rows that were not taken, with their reasons. */
export async function forgetRejections(tx: Transaction, importId: string): Promise<void> {
  await tx.execute(sql`delete from import_rejections where import_id = ${importId}`);
}
