import { eq, sql } from "drizzle-orm";
import { users } from "@/db/schema/workspaces";
import { withTransaction } from "@/db/transaction";
import { AppError } from "@/server/platform/errors";
import { type Identifier, parseIdentifier } from "./identifier";
import { hashPassword, needsRehash, verifyPassword } from "./password";
import { requireWorkspace } from "./start-session";
import { countAttempt, forgiveAttempt } from "./throttle";
import type { Visitor } from "./visitor";

// One sentence for every failure: it must not tell whether the account exists.
const refused = () =>
  new AppError("UNAUTHENTICATED", "This e-mail address or phone number and password do not match.");

/**
 * The user id behind an e-mail address or phone number and a password. Takes the same time whether or not the person
 * exists. @throws AppError UNAUTHENTICATED; LIMIT_EXCEEDED after too many tries; FORBIDDEN without a workspace
 */
export async function verifyCredentials(typed: string, password: string, visitor: Visitor): Promise<string> {
  const identifier = parseIdentifier(typed);
  const key = identifier?.value ?? typed.trim().toLowerCase();
  await countAttempt("sign-in:address", visitor.address);
  await countAttempt("sign-in:identifier", key);
  const user = identifier ? await findUser(identifier) : undefined;
  const usable = user?.status === "active" ? user.passwordHash : null;
  const matches = await verifyPassword(password.slice(0, 200), usable);
  if (!user || !usable || !matches) throw refused();
  await forgiveAttempt("sign-in:identifier", key, true);
  await forgiveAttempt("sign-in:address", visitor.address, false);
  await requireWorkspace(user.id);
  if (needsRehash(usable)) await rehash(user.id, usable, password);
  return user.id;
}

/** The user of an address or number, whatever their status. */
export async function findUser(
  identifier: Identifier,
): Promise<{ id: string; status: "active" | "disabled"; passwordHash: string | null } | undefined> {
  const [user] = await withTransaction({ workspaceId: null }, (tx) =>
    tx
      .select({ id: users.id, status: users.status, passwordHash: users.passwordHash })
      .from(users)
      .where(
        identifier.kind === "email"
          ? eq(sql`lower(${users.email})`, identifier.value)
          : eq(users.phone, identifier.value),
      ),
  );
  return user;
}

async function rehash(userId: string, stored: string, password: string): Promise<void> {
  const passwordHash = await hashPassword(password);
  await withTransaction({ workspaceId: null }, (tx) =>
    tx
      .update(users)
      .set({ passwordHash })
      // A password changed meanwhile wins.
      .where(sql`${users.id} = ${userId} and ${users.passwordHash} = ${stored}`),
  );
}
