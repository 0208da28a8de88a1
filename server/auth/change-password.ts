import { and, eq } from "drizzle-orm";
import { users } from "@/db/schema/workspaces";
import { withTransaction } from "@/db/transaction";
import { recordAudit } from "@/server/platform/audit";
import type { Context } from "@/server/platform/context";
import { AppError, required } from "@/server/platform/errors";
import { confirmPassword } from "./confirm-password";
import { hashPassword } from "./password";
import { revokeSessions } from "./revoke-sessions";

type ChangePassword = { current: string; next: string; keepSessionId: string };

/**
 * Sets a new password for oneself and ends the other sessions. Returns how many ended.
 * @throws AppError BAD_INPUT when the current one is wrong; LIMIT_EXCEEDED; CONFLICT when it was changed meanwhile
 */
export async function changePassword(ctx: Context, input: ChangePassword): Promise<number> {
  const userId = required(ctx.userId, "user");
  const passwordHash = await confirmPassword(userId, input.current);
  const next = await hashPassword(input.next);
  return withTransaction(ctx, async (tx) => {
    const [changed] = await tx
      .update(users)
      .set({ passwordHash: next })
      .where(and(eq(users.id, userId), eq(users.passwordHash, passwordHash)))
      .returning({ id: users.id });
    if (!changed)
      throw new AppError("CONFLICT", "The password was changed elsewhere a moment ago. Try again.");
    const sessionsEnded = await revokeSessions(tx, userId, input.keepSessionId);
    await recordAudit(tx, ctx, {
      action: "password.changed",
      subjectType: "user",
      subjectId: userId,
      after: { changed: ["password"], sessionsEnded },
    });
    return sessionsEnded;
  });
}
