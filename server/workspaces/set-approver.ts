import { eq } from "drizzle-orm";
import { memberships } from "@/db/schema/workspaces";
import { withTransaction } from "@/db/transaction";
import { recordAudit } from "@/server/platform/audit";
import type { Context } from "@/server/platform/context";
import { lockMember } from "./member";

/** Lets a member approve campaigns of others, or no longer. @throws AppError NOT_FOUND */
export async function setApprover(
  ctx: Context,
  input: { membershipId: string; isApprover: boolean },
): Promise<void> {
  await withTransaction(ctx, async (tx) => {
    const member = await lockMember(tx, ctx, input.membershipId);
    if (member.isApprover === input.isApprover) return;
    await tx.update(memberships).set({ isApprover: input.isApprover }).where(eq(memberships.id, member.id));
    await recordAudit(tx, ctx, {
      action: input.isApprover ? "member.approver_added" : "member.approver_removed",
      subjectType: "member",
      subjectId: member.id,
      before: { isApprover: member.isApprover },
      after: { isApprover: input.isApprover },
    });
  });
}
