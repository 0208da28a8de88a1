import { and, eq, sql } from "drizzle-orm";
import { invitations, memberships, users, workspaces } from "@/db/schema/workspaces";
import { withTransaction } from "@/db/transaction";
import type { Role } from "@/server/platform/context";
import { hashToken } from "@/server/platform/secrets";

type InvitationState = "open" | "accepted" | "revoked" | "expired";

export type Invitation = {
  id: string;
  workspaceId: string;
  workspaceName: string;
  email: string;
  role: Role;
  isApprover: boolean;
  state: InvitationState;
  /** The account that has this address already, if any. */
  account: { userId: string; isMember: boolean } | null;
};

/** The invitation behind a link, for whoever holds it; null when no invitation has this token. */
export async function getInvitation(token: string): Promise<Invitation | null> {
  const hash = hashToken(token);
  const [found] = await withTransaction({ workspaceId: null }, (tx) =>
    tx.execute<{ id: string | null }>(sql`select invitation_workspace(${hash}) as id`),
  );
  if (!found?.id) return null;
  const workspaceId = found.id;
  const [row] = await withTransaction({ workspaceId }, (tx) =>
    tx
      .select({
        id: invitations.id,
        workspaceName: workspaces.name,
        email: invitations.email,
        role: invitations.role,
        isApprover: invitations.isApprover,
        acceptedAt: invitations.acceptedAt,
        revokedAt: invitations.revokedAt,
        isExpired: sql<boolean>`${invitations.expiresAt} <= clock_now()`,
        userId: users.id,
        membershipStatus: memberships.status,
      })
      .from(invitations)
      .innerJoin(workspaces, eq(workspaces.id, invitations.workspaceId))
      .leftJoin(users, eq(sql`lower(${users.email})`, invitations.email))
      .leftJoin(
        memberships,
        and(eq(memberships.userId, users.id), eq(memberships.workspaceId, invitations.workspaceId)),
      )
      .where(eq(invitations.tokenHash, hash)),
  );
  if (!row) return null;
  const { acceptedAt, revokedAt, isExpired, userId, membershipStatus, ...rest } = row;
  return {
    ...rest,
    workspaceId,
    state: acceptedAt ? "accepted" : revokedAt ? "revoked" : isExpired ? "expired" : "open",
    account: userId ? { userId, isMember: membershipStatus === "active" } : null,
  };
}
