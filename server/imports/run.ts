import { sql } from "drizzle-orm";
import { withTransaction } from "@/db/transaction";
import { enqueue } from "@/server/jobs/enqueue";
import { recordAudit } from "@/server/platform/audit";
import { type Context, requireRole } from "@/server/platform/context";
import { newId } from "@/server/platform/ids";
import { forgetClaims, forgetRejections, fromTheStart, moveImport } from "./state";
import { importers } from "./status";

/**
 * Starts the import of a checked file. It goes on when the page is left, and from its checkpoint after a crash.
 * @throws AppError FORBIDDEN, NOT_FOUND, CONFLICT (not checked, or under way already)
 */
export async function runImport(ctx: Context, input: { importId: string }): Promise<void> {
  requireRole(ctx, ...importers);
  await withTransaction(ctx, async (tx) => {
    const changes = { ...fromTheStart, startedAt: sql`clock_now()` as unknown as Date };
    await moveImport(tx, ctx, { ...input, verb: "run", changes });
    await forgetClaims(tx, input.importId);
    await forgetRejections(tx, input.importId);
    await recordAudit(tx, ctx, {
      action: "import.started",
      subjectType: "import",
      subjectId: input.importId,
    });
    await enqueue(tx, ctx, "import/run.requested", input, `${input.importId}:${newId()}`);
  });
}
