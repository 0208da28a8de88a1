import { sql } from "drizzle-orm";
import { withTransaction } from "@/db/transaction";
import { recordAudit } from "@/server/platform/audit";
import { type Context, requireRole } from "@/server/platform/context";
import { bumpTopics } from "@/server/platform/realtime";
import { forgetClaims, forgetRejections, fromTheStart, lockImport, moveImport } from "./state";
import { importers } from "./status";

/**
 * Stops a check (nothing was written) or an import (whole chunks stay written, and can be undone) before its next chunk.
 * @throws AppError FORBIDDEN, NOT_FOUND, CONFLICT when nothing is under way
 */
export async function cancelImport(ctx: Context, input: { importId: string }): Promise<void> {
  requireRole(ctx, ...importers);
  await withTransaction(ctx, async (tx) => {
    const row = await lockImport(tx, ctx, input.importId);
    if (row.status === "checking") {
      await moveImport(tx, ctx, { ...input, verb: "cancelCheck", changes: fromTheStart });
      await forgetRejections(tx, input.importId);
    } else {
      const changes = { finishedAt: sql`clock_now()` as unknown as Date };
      await moveImport(tx, ctx, { ...input, verb: "cancelRun", changes });
    }
    await forgetClaims(tx, input.importId);
    await recordAudit(tx, ctx, {
      action: "import.cancelled",
      subjectType: "import",
      subjectId: input.importId,
      after: { rowsRead: row.rowsRead },
    });
    await bumpTopics(tx, ctx, "customers");
  });
}
