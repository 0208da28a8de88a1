import { and, eq, gt, isNull } from "drizzle-orm";
import { passwordResets, users } from "@/db/schema/workspaces";
import { withTransaction } from "@/db/transaction";
import { recordAudit } from "@/server/platform/audit";
import { clockNow } from "@/server/platform/clock";
import { type Context, systemContext } from "@/server/platform/context";
import { AppError } from "@/server/platform/errors";
import { hashToken } from "@/server/platform/secrets";
import { findHomeWorkspace } from "./home-workspace";
import { hashPassword } from "./password";
import { revokeSessions } from "./revoke-sessions";

const dead = () =>
  new AppError(
    "NOT_FOUND",
    "This link was used already, or it is older than 30 minutes. Ask for a new one; only the newest works.",
  );

const usable = (token: string) =>
  and(
    eq(passwordResets.tokenHash, hashToken(token)),
    isNull(passwordResets.usedAt),
    gt(passwordResets.expiresAt, clockNow),
  );

/** Whose password a link would set; null when it no longer works. */
export async function findPasswordReset(token: string): Promise<{ userId: string } | null> {
  const [row] = await withTransaction({ workspaceId: null }, (tx) =>
    tx.select({ userId: passwordResets.userId }).from(passwordResets).where(usable(token)),
  );
  return row ?? null;
}

/**
 * Sets a new password by a mailed link, once, and ends every session of the person: whoever knew the old password is out.
 * @throws AppError NOT_FOUND when the link was used, is too old, or was replaced by a newer one
 */
export async function resetPassword(input: { token: string; password: string }): Promise<void> {
  const found = await findPasswordReset(input.token);
  const workspaceId = found && (await findHomeWorkspace(found.userId));
  if (!found || !workspaceId) throw dead();
  const passwordHash = await hashPassword(input.password);
  const { userId } = found;
  const ctx: Context = { ...systemContext(workspaceId), actor: { kind: "user", id: userId }, userId };
  await withTransaction(ctx, async (tx) => {
    const [used] = await tx
      .update(passwordResets)
      .set({ usedAt: clockNow })
      .where(usable(input.token))
      .returning({ id: passwordResets.id });
    const [user] = used
      ? await tx
          .update(users)
          .set({ passwordHash })
          .where(and(eq(users.id, userId), eq(users.status, "active")))
          .returning({ id: users.id })
      : [];
    if (!user) throw dead();
    const sessionsEnded = await revokeSessions(tx, userId, null);
    await recordAudit(tx, ctx, {
      action: "password.reset",
      subjectType: "user",
      subjectId: userId,
      after: { changed: ["password"], sessionsEnded },
    });
  });
}
