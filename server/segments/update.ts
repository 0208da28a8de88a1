import { and, eq, sql } from "drizzle-orm";
import { segments } from "@/db/schema/segments";
import { type Transaction, withTransaction } from "@/db/transaction";
import { enqueue } from "@/server/jobs/enqueue";
import { recordAudit } from "@/server/platform/audit";
import { clockNow } from "@/server/platform/clock";
import { type Context, requireRole } from "@/server/platform/context";
import { AppError } from "@/server/platform/errors";
import { bumpTopics } from "@/server/platform/realtime";
import { refuseCircle, requireUsableRule } from "./check-rule";
import { trackedDependents } from "./dependents";
import { findSegment, lockRules, oneSegment, refuseTaken, type SegmentRow, segmentTopics } from "./find";
import { refuseListenedTo } from "./listeners";
import type { Rule } from "./rule/model";
import { type UpdateSegmentInput, updateSegmentInput } from "./schemas";
import { segmentEditors } from "./status";

type Changes = { name?: string; description?: string; rule?: Rule; tracked?: boolean };

/**
 * Saves changed fields over the version that the editor knows. Stored membership follows: a changed rule is evaluated
 * anew, also where another segment uses it; what is no longer tracked is forgotten.
 * @throws AppError CONFLICT with `details.code` `stale_version`, a taken name, or `listened_to`: an automation
 * needs to be told who enters and leaves; BAD_INPUT; FORBIDDEN; NOT_FOUND
 */
export async function updateSegment(ctx: Context, input: UpdateSegmentInput): Promise<{ version: number }> {
  requireRole(ctx, ...segmentEditors);
  const { id, version, changes } = updateSegmentInput.parse(input);
  return withTransaction(ctx, async (tx) => {
    await lockRules(tx, ctx);
    const before = await findSegment(tx, ctx, id);
    if (before.version !== version)
      throw new AppError(
        "CONFLICT",
        "Somebody else saved this segment in the meantime. Load their version, or save yours over it.",
        { code: "stale_version", version: before.version },
      );
    const fields = changedFields(before, changes);
    if (fields.length === 0) return { version };
    if (changes.rule) {
      await requireUsableRule(tx, ctx, changes.rule);
      await refuseCircle(tx, ctx, { id, rule: changes.rule });
    }
    if (changes.tracked === false && fields.includes("tracked")) await refuseListenedTo(tx, ctx, before);
    await refuseTaken(
      tx
        .update(segments)
        .set({ ...changes, version: version + 1, updatedAt: clockNow })
        .where(and(oneSegment(ctx, id), eq(segments.version, version))),
    );
    await followUp(tx, ctx, { id, version: version + 1, changed: fields, tracked: changes.tracked });
    await recordAudit(tx, ctx, {
      action: "segment.updated",
      subjectType: "segment",
      subjectId: id,
      before: pick(before, fields),
      after: pick({ ...before, ...changes }, fields),
    });
    await bumpTopics(tx, ctx, ...segmentTopics(id));
    return { version: version + 1 };
  });
}

type Field = keyof Changes;

const pick = (row: Changes, fields: Field[]): Record<string, unknown> =>
  Object.fromEntries(fields.map((field) => [field, row[field]]));

function changedFields(row: SegmentRow, changes: Changes): Field[] {
  const fields = Object.keys(changes) as Field[];
  return fields.filter((field) => canonical(row[field]) !== canonical(changes[field]));
}

/** Equal for equal JSON, whatever the order of keys (jsonb does not keep it). */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, each: unknown) =>
    each && typeof each === "object" && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).sort(([one], [other]) => (one < other ? -1 : 1)))
      : each,
  ) ?? "";

type Change = { id: string; version: number; changed: Field[]; tracked: boolean | undefined };

async function followUp(
  tx: Transaction,
  ctx: Context,
  { id, version, changed, tracked }: Change,
): Promise<void> {
  if (changed.includes("tracked") && tracked === false) {
    await tx.execute(
      sql`delete from segment_members where workspace_id = ${ctx.workspaceId} and segment_id = ${id}`,
    );
    await tx.execute(sql`
      update segments set rolled_on = null, audited_on = null where workspace_id = ${ctx.workspaceId} and id = ${id}`);
  }
  if (!changed.includes("rule") && !(changed.includes("tracked") && tracked)) return;
  for (const segmentId of await trackedDependents(tx, ctx, id))
    await enqueue(tx, ctx, "segment/recompute.requested", { segmentId }, `${segmentId}:${id}:${version}`);
}
