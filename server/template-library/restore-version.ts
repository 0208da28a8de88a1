import { withTransaction } from "@/db/transaction";
import { recordAudit } from "@/server/platform/audit";
import { type Context, requireRole } from "@/server/platform/context";
import { AppError } from "@/server/platform/errors";
import { bumpTopics } from "@/server/platform/realtime";
import { findVersion, lockTemplate, templateTopics } from "./find";
import { templateEditors } from "./status";
import { writeVersion } from "./write-version";

/**
 * Makes an older version's words the current ones, as a new version: nothing is lost. Returns its number.
 * @throws AppError CONFLICT when it is the current one; FORBIDDEN; NOT_FOUND
 */
export async function restoreVersion(
  ctx: Context,
  input: { id: string; version: number },
): Promise<{ version: number }> {
  requireRole(ctx, ...templateEditors);
  return withTransaction(ctx, async (tx) => {
    const row = await lockTemplate(tx, ctx, input.id);
    if (row.version === input.version)
      throw new AppError("CONFLICT", "This version is the current one already.");
    const words = await findVersion(tx, ctx, { id: row.id, version: input.version });
    const version = await writeVersion(tx, ctx, row, {
      words,
      origin: { cause: "restored", note: `version ${input.version}` },
    });
    await recordAudit(tx, ctx, {
      action: "template.restored",
      subjectType: "template",
      subjectId: row.id,
      before: { version: row.version },
      after: { version, from: input.version },
    });
    await bumpTopics(tx, ctx, ...templateTopics(row.id));
    return { version };
  });
}
