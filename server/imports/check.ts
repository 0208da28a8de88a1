import { withTransaction } from "@/db/transaction";
import { enqueue } from "@/server/jobs/enqueue";
import { recordAudit } from "@/server/platform/audit";
import { type Context, requireRole } from "@/server/platform/context";
import { newId } from "@/server/platform/ids";
import { refuseTouched } from "./configure";
import { forgetClaims, forgetRejections, fromTheStart, lockImport, moveImport } from "./state";
import { importers } from "./status";

/**
 * Starts the dry run: the whole file is read and every row decided as the import would, nothing is written to customers.
 * @throws AppError FORBIDDEN, NOT_FOUND, CONFLICT
 */
export async function checkImport(ctx: Context, input: { importId: string }): Promise<void> {
  requireRole(ctx, ...importers);
  await withTransaction(ctx, async (tx) => {
    refuseTouched(await lockImport(tx, ctx, input.importId));
    await moveImport(tx, ctx, { ...input, verb: "check", changes: { ...fromTheStart, checked: null } });
    await forgetClaims(tx, input.importId);
    await forgetRejections(tx, input.importId);
    await recordAudit(tx, ctx, {
      action: "import.check_started",
      subjectType: "import",
      subjectId: input.importId,
    });
    await enqueue(tx, ctx, "import/check.requested", input, `${input.importId}:${newId()}`);
  });
}
