import { withTransaction } from "@/db/transaction";
import { enqueue } from "@/server/jobs/enqueue";
import { recordAudit } from "@/server/platform/audit";
import { type Context, requireRole } from "@/server/platform/context";
import { AppError } from "@/server/platform/errors";
import { newId } from "@/server/platform/ids";
import { lockImport, moveImport } from "./state";
import { importers } from "./status";

/**
 * Starts to take an import back: customers that it created and nobody touched since go, fields that are still as it left
 * them get their old values, consents that it granted are withdrawn. The rest is kept and counted with the reason.
 * @throws AppError FORBIDDEN, NOT_FOUND, CONFLICT
 */
export async function undoImport(ctx: Context, input: { importId: string }): Promise<void> {
  requireRole(ctx, ...importers);
  await withTransaction(ctx, async (tx) => {
    const row = await lockImport(tx, ctx, input.importId);
    if (!row.startedAt)
      throw new AppError("CONFLICT", "This import has written nothing, so there is nothing to undo.");
    const changes = { undone: row.undone ?? { removed: 0, restored: 0, kept: {} }, failure: null };
    await moveImport(tx, ctx, { ...input, verb: "undo", changes });
    await recordAudit(tx, ctx, {
      action: "import.undo_started",
      subjectType: "import",
      subjectId: input.importId,
    });
    await enqueue(tx, ctx, "import/undo.requested", input, `${input.importId}:${newId()}`);
  });
}
