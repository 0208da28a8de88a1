import { and, eq, isNull } from "drizzle-orm";
import { memberships, sessions, teamMembers } from "@/db/schema/workspaces";
import { withTransaction } from "@/db/transaction";
import { recordAudit } from "@/server/platform/audit";
import { clockNow } from "@/server/platform/clock";
import type { Context } from "@/server/platform/context";
import { keepAnAdministrator, lockMember } from "./member";

/**
 * Ends a membership: sessions in this workspace end, team places go, what they made stays. Memberships elsewhere are
 * untouched; an invitation brings them back. @throws AppError NOT_FOUND; CONFLICT for the last administrator
 */
export async function removeMember(ctx: Context, input: { membershipId: string }): Promise<void> {
  await withTransaction(ctx, async (tx) => {
    await keepAnAdministrator(tx, ctx, input.membershipId);
    const member = await lockMember(tx, ctx, input.membershipId);
    await tx.update(memberships).set({ status: "removed" }).where(eq(memberships.id, member.id));
    await tx.delete(teamMembers).where(eq(teamMembers.membershipId, member.id));
    const ended = await tx
      .update(sessions)
      .set({ revokedAt: clockNow })
      .where(
        and(
          eq(sessions.userId, member.userId),
          eq(sessions.workspaceId, ctx.workspaceId),
          isNull(sessions.revokedAt),
        ),
      )
      .returning({ id: sessions.id });
    await recordAudit(tx, ctx, {
      action: "member.removed",
      subjectType: "member",
      subjectId: member.id,
      before: { role: member.role, isApprover: member.isApprover },
      after: { status: "removed", sessionsEnded: ended.length },
    });
  });
}
