import { and, eq, isNotNull, isNull, sql } from "drizzle-orm";
import { passwordResets, users } from "@/db/schema/workspaces";
import { withTransaction } from "@/db/transaction";
import { env } from "@/env";
import { recordAudit } from "@/server/platform/audit";
import { clockNow } from "@/server/platform/clock";
import { systemContext } from "@/server/platform/context";
import { AppError } from "@/server/platform/errors";
import { newId } from "@/server/platform/ids";
import { newToken } from "@/server/platform/secrets";
import { findHomeWorkspace } from "./home-workspace";
import { parseIdentifier } from "./identifier";
import { requestSystemMail } from "./mail";
import { RESET_MINUTES } from "./schemas";
import { countAttempt } from "./throttle";
import { findUser } from "./verify-credentials";
import type { Visitor } from "./visitor";

/**
 * Mails a link that sets a new password: 30 minutes, one use, only the newest works. The caller cannot learn whether
 * the account exists. @throws AppError LIMIT_EXCEEDED by address only, for the same reason
 */
export async function requestPasswordReset(typed: string, visitor: Visitor): Promise<void> {
  await countAttempt("password-reset:address", visitor.address);
  const identifier = parseIdentifier(typed);
  const user = identifier ? await findUser(identifier) : undefined;
  if (user?.status !== "active" || !(await underLimit(user.id))) return;
  const workspaceId = await findHomeWorkspace(user.id);
  if (workspaceId) await mailLink(user.id, workspaceId);
}

async function underLimit(userId: string): Promise<boolean> {
  try {
    await countAttempt("password-reset:identifier", userId);
    return true;
  } catch (error) {
    if (error instanceof AppError) return false;
    throw error;
  }
}

async function mailLink(userId: string, workspaceId: string): Promise<void> {
  const ctx = systemContext(workspaceId);
  const { token, hash } = newToken();
  await withTransaction(ctx, async (tx) => {
    const [user] = await tx
      .select({ name: users.name, email: users.email })
      .from(users)
      .where(and(eq(users.id, userId), isNotNull(users.email)));
    if (!user?.email) return; // somebody who signs in by phone asks an administrator
    await tx
      .update(passwordResets)
      .set({ usedAt: clockNow })
      .where(and(eq(passwordResets.userId, userId), isNull(passwordResets.usedAt)));
    await tx.insert(passwordResets).values({
      id: newId(),
      userId,
      tokenHash: hash,
      expiresAt: sql`clock_now() + make_interval(mins => ${RESET_MINUTES})`,
    });
    await requestSystemMail(tx, ctx, {
      kind: "password_reset",
      to: user.email,
      subject: "Set a new password for Ringback",
      text: letter(user.name, token),
    });
    await recordAudit(tx, ctx, {
      action: "password.reset_requested",
      subjectType: "user",
      subjectId: userId,
    });
  });
}

const letter = (name: string, token: string): string =>
  `Hello ${name},

open this address to set a new password. It works once, for ${RESET_MINUTES} minutes:

${env.RINGBACK_URL}/reset-password/${token}

If you did not ask for it, do nothing: your password stays as it is.`;
