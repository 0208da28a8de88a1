import { sql } from "drizzle-orm";
import { withTransaction } from "@/db/transaction";
import { recordAudit } from "@/server/platform/audit";
import { type Context, requireRole } from "@/server/platform/context";
import { AppError, notFound } from "@/server/platform/errors";
import { parseId } from "@/server/platform/ids";
import { bumpTopics } from "@/server/platform/realtime";
import { type RemoveSuppressionsInput, removeSuppressionsInput } from "./schemas";
import { consentKeepers, needsEvidence, type SuppressionReason } from "./status";

/**
 * Takes addresses off the list, all of them or none, each with its audit entry. Where somebody had said no (an opt-out, a
 * complaint), it asks for evidence. It grants nothing: a withdrawn consent stays withdrawn.
 * @throws AppError FORBIDDEN, BAD_INPUT (no evidence), NOT_FOUND
 */
export async function removeSuppressions(
  ctx: Context,
  given: RemoveSuppressionsInput,
): Promise<{ removed: number }> {
  requireRole(ctx, ...consentKeepers);
  const { ids, why, evidence } = removeSuppressionsInput.parse(given);
  const wanted = [...new Set(ids.map(parseId))];
  return withTransaction(ctx, async (tx) => {
    const rows = await tx.execute<{
      id: string;
      channel: string;
      reason: SuppressionReason;
      origin: string;
    }>(sql`
      delete from suppressions where workspace_id = ${ctx.workspaceId} and id = any(${sql.param(wanted)}::uuid[])
      returning id, channel, reason, origin`);
    if (rows.length < wanted.length)
      throw notFound(wanted.length === 1 ? "suppression" : "choice of suppressions");
    if (evidence.length < 10 && rows.some(({ reason }) => needsEvidence(reason)))
      throw new AppError(
        "BAD_INPUT",
        "Somebody said no here: give the evidence that they changed their mind, such as the number of a form or a recording.",
        { field: "evidence" },
      );
    for (const { id, channel, reason, origin } of rows)
      await recordAudit(tx, ctx, {
        action: "suppression.removed",
        subjectType: "suppression",
        subjectId: id,
        before: { channel, reason, origin },
        after: { why, ...(evidence && { evidence }) },
      });
    await bumpTopics(tx, ctx, "suppressions", "customers");
    return { removed: rows.length };
  });
}
