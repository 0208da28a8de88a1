import { templates } from "@/db/schema/templates";
import { withTransaction } from "@/db/transaction";
import { recordAudit } from "@/server/platform/audit";
import { clockNow } from "@/server/platform/clock";
import { type Context, requireRole } from "@/server/platform/context";
import { bumpTopics } from "@/server/platform/realtime";
import { lockTemplate, oneTemplate, refuseTaken, templateTopics } from "./find";
import { templateEditors } from "./status";

/**
 * Takes a template out of the gallery, or brings it back. Campaigns that began with it go on, and its figures stay.
 * @throws AppError CONFLICT when its name was given away meanwhile; FORBIDDEN; NOT_FOUND
 */
export async function setTemplateArchived(
  ctx: Context,
  input: { id: string; archived: boolean },
): Promise<void> {
  requireRole(ctx, ...templateEditors);
  await withTransaction(ctx, async (tx) => {
    const { id, archivedAt } = await lockTemplate(tx, ctx, input.id);
    if ((archivedAt !== null) === input.archived) return;
    await refuseTaken(
      tx
        .update(templates)
        .set({ archivedAt: input.archived ? clockNow : null, updatedAt: clockNow })
        .where(oneTemplate(ctx, id)),
    );
    await recordAudit(tx, ctx, {
      action: input.archived ? "template.archived" : "template.unarchived",
      subjectType: "template",
      subjectId: id,
    });
    await bumpTopics(tx, ctx, ...templateTopics(id));
  });
}
