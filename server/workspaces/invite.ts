import { and, eq, gt, isNull, sql } from "drizzle-orm";
import { invitations, memberships, users } from "@/db/schema/workspaces";
import { type Transaction, withTransaction } from "@/db/transaction";
import { recordAudit } from "@/server/platform/audit";
import { clockNow } from "@/server/platform/clock";
import type { Context, Role } from "@/server/platform/context";
import { AppError, required } from "@/server/platform/errors";
import { newId } from "@/server/platform/ids";
import { newToken } from "@/server/platform/secrets";
import { mailInvitation } from "./invitation-mail";
import { INVITATION_DAYS } from "./schemas";

type Invite = { email: string; role: Role; isApprover: boolean };

/** When an invitation made or sent again now ends. */
export const invitationEnd = sql`clock_now() + make_interval(days => ${INVITATION_DAYS})`;

/**
 * Invites somebody by mail for 7 days. Returns the invitation's id; the link is only in the mail.
 * @throws AppError CONFLICT when they are a member, or were invited and can still accept
 */
export async function inviteMember(ctx: Context, input: Invite): Promise<{ id: string }> {
  const invitedBy = required(ctx.userId, "user");
  const { token, hash } = newToken();
  const id = newId();
  return withTransaction(ctx, async (tx) => {
    await refuseKnown(tx, ctx, input.email);
    await tx.insert(invitations).values({
      id,
      workspaceId: ctx.workspaceId,
      ...input,
      tokenHash: hash,
      invitedBy,
      expiresAt: invitationEnd,
    });
    await mailInvitation(tx, ctx, { ...input, token });
    await recordAudit(tx, ctx, {
      action: "invitation.sent",
      subjectType: "invitation",
      subjectId: id,
      after: { role: input.role, isApprover: input.isApprover },
    });
    return { id };
  });
}

async function refuseKnown(tx: Transaction, ctx: Context, email: string): Promise<void> {
  // One invitation at a time for an address: a second click must not send a second mail.
  await tx.execute(
    sql`select pg_advisory_xact_lock(hashtextextended(${`invite ${ctx.workspaceId} ${email}`}, 0))`,
  );
  const [member] = await tx
    .select({ id: memberships.id })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(
      and(
        eq(memberships.workspaceId, ctx.workspaceId),
        eq(memberships.status, "active"),
        eq(sql`lower(${users.email})`, email),
      ),
    );
  if (member)
    throw new AppError("CONFLICT", "This person is a member of the workspace already.", { field: "email" });
  const [open] = await tx
    .select({ id: invitations.id })
    .from(invitations)
    .where(
      and(
        eq(invitations.workspaceId, ctx.workspaceId),
        eq(invitations.email, email),
        isNull(invitations.acceptedAt),
        isNull(invitations.revokedAt),
        gt(invitations.expiresAt, clockNow),
      ),
    );
  if (open)
    throw new AppError("CONFLICT", "This person is invited already. Send that invitation again instead.", {
      field: "email",
    });
}
