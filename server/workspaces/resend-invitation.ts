import { and, eq, isNull } from "drizzle-orm";
import { invitations } from "@/db/schema/workspaces";
import { withTransaction } from "@/db/transaction";
import { recordAudit } from "@/server/platform/audit";
import { clockNow } from "@/server/platform/clock";
import type { Context } from "@/server/platform/context";
import { required } from "@/server/platform/errors";
import { parseId } from "@/server/platform/ids";
import { newToken } from "@/server/platform/secrets";
import { mailInvitation } from "./invitation-mail";
import { invitationEnd } from "./invite";

const unanswered = (ctx: Context, invitationId: string) =>
  and(
    eq(invitations.workspaceId, ctx.workspaceId),
    eq(invitations.id, parseId(invitationId)),
    isNull(invitations.acceptedAt),
    isNull(invitations.revokedAt),
  );

/** Mails a new link for another 7 days; the older link stops working. @throws AppError NOT_FOUND */
export async function resendInvitation(ctx: Context, input: { invitationId: string }): Promise<void> {
  const { token, hash } = newToken();
  await withTransaction(ctx, async (tx) => {
    const [row] = await tx
      .update(invitations)
      .set({ tokenHash: hash, expiresAt: invitationEnd })
      .where(unanswered(ctx, input.invitationId))
      .returning();
    const invitation = required(row, "invitation");
    await mailInvitation(tx, ctx, { ...invitation, token });
    await recordAudit(tx, ctx, {
      action: "invitation.resent",
      subjectType: "invitation",
      subjectId: invitation.id,
      after: { expiresAt: invitation.expiresAt.toISOString() },
    });
  });
}

/** Takes an invitation back; its link stops working. @throws AppError NOT_FOUND */
export async function revokeInvitation(ctx: Context, input: { invitationId: string }): Promise<void> {
  await withTransaction(ctx, async (tx) => {
    const [row] = await tx
      .update(invitations)
      .set({ revokedAt: clockNow })
      .where(unanswered(ctx, input.invitationId))
      .returning({ id: invitations.id, role: invitations.role });
    const { id, role } = required(row, "invitation");
    await recordAudit(tx, ctx, {
      action: "invitation.revoked",
      subjectType: "invitation",
      subjectId: id,
      before: { role },
    });
  });
}
