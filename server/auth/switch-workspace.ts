import { and, eq, isNull } from "drizzle-orm";
import { memberships, sessions } from "@/db/schema/workspaces";
import { withTransaction } from "@/db/transaction";
import { recordAudit } from "@/server/platform/audit";
import { type Context, systemContext } from "@/server/platform/context";
import { required } from "@/server/platform/errors";
import { newId, parseId } from "@/server/platform/ids";
import type { SignedIn } from "./signed-in";

/**
 * Binds the session to another workspace of the same person. @throws AppError NOT_FOUND for a workspace that does not
 * exist or that they are not a member of: the two answer alike
 */
export async function switchWorkspace(signedIn: SignedIn, asked: string): Promise<void> {
  const workspaceId = parseId(asked);
  const userId = signedIn.user.id;
  const ctx: Context = {
    ...systemContext(workspaceId),
    actor: { kind: "user", id: userId },
    userId,
    requestId: newId(),
  };
  await withTransaction({ workspaceId: null, userId }, async (tx) => {
    const [membership] = await tx
      .select({ id: memberships.id })
      .from(memberships)
      .where(
        and(
          eq(memberships.workspaceId, workspaceId),
          eq(memberships.userId, userId),
          eq(memberships.status, "active"),
        ),
      );
    required(membership, "workspace");
  });
  // The audit entry belongs to the workspace that was entered.
  await withTransaction(ctx, async (tx) => {
    const [session] = await tx
      .update(sessions)
      .set({ workspaceId })
      .where(and(eq(sessions.id, signedIn.sessionId), isNull(sessions.revokedAt)))
      .returning({ id: sessions.id });
    const { id } = required(session, "session");
    await recordAudit(tx, ctx, {
      action: "session.switched",
      subjectType: "session",
      subjectId: id,
      before: { workspaceId: signedIn.workspace.id },
      after: { workspaceId },
    });
  });
}
