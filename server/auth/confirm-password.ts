import { eq } from "drizzle-orm";
import { users } from "@/db/schema/workspaces";
import { withTransaction } from "@/db/transaction";
import { AppError } from "@/server/platform/errors";
import { verifyPassword } from "./password";
import { countAttempt, forgiveAttempt } from "./throttle";

/**
 * Makes sure that it is really this person who acts. Returns the stored hash, so that a change can be guarded by it.
 * @throws AppError BAD_INPUT when the password is wrong; CONFLICT when there is none; LIMIT_EXCEEDED
 */
export async function confirmPassword(userId: string, password: string): Promise<string> {
  await countAttempt("password-confirmation:user", userId);
  const [user] = await withTransaction({ workspaceId: null }, (tx) =>
    tx.select({ passwordHash: users.passwordHash }).from(users).where(eq(users.id, userId)),
  );
  const stored = user?.passwordHash ?? null;
  if (!stored)
    throw new AppError(
      "CONFLICT",
      "This account has no password yet. Use “Forgot password?” on the sign-in page.",
    );
  if (!(await verifyPassword(password, stored)))
    throw new AppError("BAD_INPUT", "This password is not right.", { field: "password" });
  await forgiveAttempt("password-confirmation:user", userId, true);
  return stored;
}
