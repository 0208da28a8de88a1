import { and, desc, eq, isNull, sql } from "drizzle-orm";
import { invitations, users } from "@/db/schema/workspaces";
import { withTransaction } from "@/db/transaction";
import type { Context, Role } from "@/server/platform/context";

export type InvitationLine = {
  id: string;
  email: string;
  role: Role;
  isApprover: boolean;
  invitedBy: string;
  createdAt: Date;
  expiresAt: Date;
  isExpired: boolean;
};

/** Invitations that nobody accepted or took back, newest first, expired ones among them; at most 200. */
export function listInvitations(ctx: Context): Promise<InvitationLine[]> {
  return withTransaction(ctx, (tx) =>
    tx
      .select({
        id: invitations.id,
        email: invitations.email,
        role: invitations.role,
        isApprover: invitations.isApprover,
        invitedBy: users.name,
        createdAt: invitations.createdAt,
        expiresAt: invitations.expiresAt,
        isExpired: sql<boolean>`${invitations.expiresAt} <= clock_now()`,
      })
      .from(invitations)
      .innerJoin(users, eq(users.id, invitations.invitedBy))
      .where(
        and(
          eq(invitations.workspaceId, ctx.workspaceId),
          isNull(invitations.acceptedAt),
          isNull(invitations.revokedAt),
        ),
      )
      .orderBy(desc(invitations.id))
      .limit(200),
  );
}
