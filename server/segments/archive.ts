import { segments } from "@/db/schema/segments";
import { withTransaction } from "@/db/transaction";
import { recordAudit } from "@/server/platform/audit";
import { clockNow } from "@/server/platform/clock";
import { type Context, requireRole } from "@/server/platform/context";
import { bumpTopics } from "@/server/platform/realtime";
import { findSegment, lockRules, oneSegment, refuseTaken, segmentTopics } from "./find";
import { segmentEditors } from "./status";

/**
 * Takes a segment out of the lists that are chosen from, or brings it back. What uses it goes on as before.
 * @throws AppError CONFLICT when its name was given away meanwhile; FORBIDDEN; NOT_FOUND
 */
export async function setSegmentArchived(
  ctx: Context,
  input: { id: string; archived: boolean },
): Promise<void> {
  requireRole(ctx, ...segmentEditors);
  await withTransaction(ctx, async (tx) => {
    await lockRules(tx, ctx);
    const { id, archivedAt } = await findSegment(tx, ctx, input.id);
    if ((archivedAt !== null) === input.archived) return;
    await refuseTaken(
      tx
        .update(segments)
        .set({ archivedAt: input.archived ? clockNow : null, updatedAt: clockNow })
        .where(oneSegment(ctx, id)),
    );
    await recordAudit(tx, ctx, {
      action: input.archived ? "segment.archived" : "segment.unarchived",
      subjectType: "segment",
      subjectId: id,
    });
    await bumpTopics(tx, ctx, ...segmentTopics(id));
  });
}
