import { eq, sql } from "drizzle-orm";
import { segments } from "@/db/schema/segments";
import { withTransaction } from "@/db/transaction";
import { recordAudit } from "@/server/platform/audit";
import { clockNow } from "@/server/platform/clock";
import { type Context, requireRole } from "@/server/platform/context";
import { AppError, required } from "@/server/platform/errors";
import { parseId } from "@/server/platform/ids";
import { bumpTopics } from "@/server/platform/realtime";
import { refuseCircle, requireUsableRule } from "./check-rule";
import { liveUses, namesOf, usesOf } from "./dependents";
import { findSegment, lockRules, oneSegment, refuseTaken, segmentTopics } from "./find";
import type { Rule } from "./rule/model";
import { segmentEditors } from "./status";

/**
 * Deletes a segment that nothing uses; `restoreSegment` takes it back. Stored membership goes with it.
 * @throws AppError CONFLICT naming what uses it; FORBIDDEN; NOT_FOUND
 */
export async function deleteSegment(ctx: Context, input: { id: string }): Promise<void> {
  requireRole(ctx, ...segmentEditors);
  await withTransaction(ctx, async (tx) => {
    await lockRules(tx, ctx);
    const { id, name } = await findSegment(tx, ctx, input.id);
    const uses = liveUses(await usesOf(tx, ctx, id));
    if (uses.length > 0)
      throw new AppError(
        "CONFLICT",
        `“${name}” is used by ${namesOf(uses)}. Take it out there first, or archive it.`,
        { code: "in_use", uses: uses.length },
      );
    await tx.update(segments).set({ deletedAt: clockNow, tracked: false }).where(oneSegment(ctx, id));
    await tx.execute(
      sql`delete from segment_members where workspace_id = ${ctx.workspaceId} and segment_id = ${id}`,
    );
    await recordAudit(tx, ctx, {
      action: "segment.deleted",
      subjectType: "segment",
      subjectId: id,
      before: { name },
    });
    await bumpTopics(tx, ctx, ...segmentTopics(id));
  });
}

/**
 * Takes a deletion back. @throws AppError CONFLICT when its name was given away meanwhile, BAD_INPUT when something that it
 * uses is gone; FORBIDDEN; NOT_FOUND
 */
export async function restoreSegment(ctx: Context, input: { id: string }): Promise<void> {
  requireRole(ctx, ...segmentEditors);
  const id = parseId(input.id);
  await withTransaction(ctx, async (tx) => {
    await lockRules(tx, ctx);
    const [found] = await tx.execute<{ rule: Rule; name: string }>(sql`
      select rule, name from segments
      where workspace_id = ${ctx.workspaceId} and id = ${id} and deleted_at is not null`);
    const { rule, name } = required(found, "segment");
    await requireUsableRule(tx, ctx, rule);
    await refuseCircle(tx, ctx, { id, rule });
    await refuseTaken(
      tx.update(segments).set({ deletedAt: null, updatedAt: clockNow }).where(eq(segments.id, id)),
    );
    await recordAudit(tx, ctx, {
      action: "segment.restored",
      subjectType: "segment",
      subjectId: id,
      after: { name },
    });
    await bumpTopics(tx, ctx, ...segmentTopics(id));
  });
}
