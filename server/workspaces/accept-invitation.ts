import { and, eq, gt, isNull } from "drizzle-orm";
import { invitations, memberships, users } from "@/db/schema/workspaces";
import { type Transaction, withTransaction } from "@/db/transaction";
import { confirmPassword, hashPassword } from "@/server/auth";
import { recordAudit } from "@/server/platform/audit";
import { clockNow } from "@/server/platform/clock";
import { type Context, systemContext } from "@/server/platform/context";
import { AppError } from "@/server/platform/errors";
import { newId } from "@/server/platform/ids";
import { getInvitation, type Invitation } from "./get-invitation";
import type { AcceptInvitation } from "./schemas";

const dead = () =>
  new AppError(
    "CONFLICT",
    "This invitation can no longer be accepted: it was used, taken back, replaced by a newer mail, or is older than 7 days.",
  );

/**
 * Joins the workspace of an invitation, once: as a new person, or with the account that has the invited address.
 * @param signedInUserId who is signed in, null for nobody
 * @throws AppError CONFLICT for a dead link or the wrong account; BAD_INPUT, LIMIT_EXCEEDED for its password
 */
export async function acceptInvitation(
  signedInUserId: string | null,
  input: AcceptInvitation,
): Promise<{ workspaceId: string; email: string }> {
  const invitation = await getInvitation(input.token);
  if (invitation?.state !== "open") throw dead();
  const person = await provePerson(invitation, signedInUserId, input);
  const { workspaceId, email } = invitation;
  const ctx: Context = {
    ...systemContext(workspaceId),
    actor: { kind: "user", id: person.userId },
    userId: person.userId,
  };
  await withTransaction(ctx, async (tx) => {
    await useUp(tx, invitation);
    if (person.created) await tx.insert(users).values({ id: person.userId, email, ...person.created });
    const membershipId = await join(tx, ctx, invitation, person.userId);
    await recordAudit(tx, ctx, {
      action: "invitation.accepted",
      subjectType: "invitation",
      subjectId: invitation.id,
      after: {
        membershipId,
        role: invitation.role,
        isApprover: invitation.isApprover,
        newUser: !!person.created,
      },
    });
  });
  return { workspaceId, email };
}

type Person = { userId: string; created: { name: string; passwordHash: string } | null };

async function provePerson(
  { account }: Invitation,
  signedInUserId: string | null,
  input: AcceptInvitation,
): Promise<Person> {
  if (input.as === "new") {
    if (account) throw new AppError("CONFLICT", "This address has an account. Join with its password.");
    return {
      userId: newId(),
      created: { name: input.name, passwordHash: await hashPassword(input.password) },
    };
  }
  if (!account)
    throw new AppError("CONFLICT", "This address has no account yet. Choose a name and a password.");
  if (input.as === "account") await confirmPassword(account.userId, input.password);
  else if (signedInUserId !== account.userId)
    throw new AppError(
      "CONFLICT",
      "This invitation is for another person. Sign out, then open the link again.",
    );
  return { userId: account.userId, created: null };
}

async function useUp(tx: Transaction, invitation: Invitation): Promise<void> {
  const [used] = await tx
    .update(invitations)
    .set({ acceptedAt: clockNow })
    .where(
      and(
        eq(invitations.id, invitation.id),
        isNull(invitations.acceptedAt),
        isNull(invitations.revokedAt),
        gt(invitations.expiresAt, clockNow),
      ),
    )
    .returning({ id: invitations.id });
  if (!used) throw dead();
}

/** A membership that ended before comes back with the invited role. */
async function join(
  tx: Transaction,
  ctx: Context,
  { role, isApprover }: Invitation,
  userId: string,
): Promise<string> {
  const [row] = await tx
    .insert(memberships)
    .values({ id: newId(), workspaceId: ctx.workspaceId, userId, role, isApprover })
    .onConflictDoUpdate({
      target: [memberships.workspaceId, memberships.userId],
      set: { role, isApprover, status: "active" },
      setWhere: eq(memberships.status, "removed"),
    })
    .returning({ id: memberships.id });
  if (!row) throw new AppError("CONFLICT", "You are a member of this workspace already.");
  return row.id;
}
