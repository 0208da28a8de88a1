import { segments } from "@/db/schema/segments";
import { type Transaction, withTransaction } from "@/db/transaction";
import { enqueue } from "@/server/jobs/enqueue";
import { recordAudit } from "@/server/platform/audit";
import { type Context, requireRole } from "@/server/platform/context";
import { newId } from "@/server/platform/ids";
import { bumpTopics } from "@/server/platform/realtime";
import { refuseCircle, requireUsableRule } from "./check-rule";
import { lockRules, refuseTaken, segmentTopics } from "./find";
import type { Rule } from "./rule/model";
import { type CreateSegmentInput, createSegmentInput } from "./schemas";
import { segmentEditors } from "./status";

/**
 * Saves a rule under a name, for everybody in the workspace; a tracked one is evaluated soon. Returns its id.
 * @throws AppError FORBIDDEN, CONFLICT (name taken), BAD_INPUT (with `details.path` of the condition to mend)
 */
export async function createSegment(ctx: Context, input: CreateSegmentInput): Promise<{ id: string }> {
  requireRole(ctx, ...segmentEditors);
  const fields = createSegmentInput.parse(input);
  return withTransaction(ctx, (tx) => insertSegment(tx, ctx, { ...fields, action: "segment.created" }));
}

export type NewSegment = { name: string; description: string; rule: Rule; tracked: boolean; action: string };

/** Checks and writes a new segment in the caller's transaction. */
export async function insertSegment(
  tx: Transaction,
  ctx: Context,
  { name, description, rule, tracked, action }: NewSegment,
): Promise<{ id: string }> {
  const id = newId();
  await lockRules(tx, ctx);
  await requireUsableRule(tx, ctx, rule);
  await refuseCircle(tx, ctx, { id, rule });
  await refuseTaken(
    tx.insert(segments).values({
      id,
      workspaceId: ctx.workspaceId,
      name,
      description,
      rule,
      tracked,
      createdBy: ctx.actor.id,
    }),
  );
  if (tracked) await enqueue(tx, ctx, "segment/recompute.requested", { segmentId: id }, `${id}:${id}:1`);
  await recordAudit(tx, ctx, { action, subjectType: "segment", subjectId: id, after: { name, rule } });
  await bumpTopics(tx, ctx, ...segmentTopics(id));
  return { id };
}
