import { templates } from "@/db/schema/templates";
import { withTransaction } from "@/db/transaction";
import { recordAudit } from "@/server/platform/audit";
import { clockNow } from "@/server/platform/clock";
import type { Context } from "@/server/platform/context";
import { AppError } from "@/server/platform/errors";
import { bumpTopics } from "@/server/platform/realtime";
import { lockTemplate, oneTemplate, templateTopics } from "./find";
import { mayApproveTemplates } from "./status";

/**
 * Approves the version that the approver looked at, or takes the approval back: advisors see approved templates only.
 * @throws AppError CONFLICT when somebody changed the template meanwhile; FORBIDDEN; NOT_FOUND
 */
export async function setTemplateApproved(
  ctx: Context,
  input: { id: string; version: number; approved: boolean },
): Promise<void> {
  if (!mayApproveTemplates(ctx))
    throw new AppError(
      "FORBIDDEN",
      "Templates are approved by administrators and approvers. Ask one of them.",
    );
  await withTransaction(ctx, async (tx) => {
    const row = await lockTemplate(tx, ctx, input.id);
    if (row.version !== input.version)
      throw new AppError(
        "CONFLICT",
        "Somebody changed this template meanwhile. Read it again, then approve it.",
        {
          code: "stale_version",
          version: row.version,
        },
      );
    if ((row.approvedAt !== null) === input.approved) return;
    await tx
      .update(templates)
      .set({
        approvedAt: input.approved ? clockNow : null,
        approvedBy: input.approved ? ctx.actor.id : null,
        updatedAt: clockNow,
      })
      .where(oneTemplate(ctx, row.id));
    await recordAudit(tx, ctx, {
      action: input.approved ? "template.approved" : "template.approval_withdrawn",
      subjectType: "template",
      subjectId: row.id,
      after: { version: row.version },
    });
    await bumpTopics(tx, ctx, ...templateTopics(row.id));
  });
}
