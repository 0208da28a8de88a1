import { withTransaction } from "@/db/transaction";
import { required } from "@/server/platform/errors";
import { findLiveSession } from "./live-session";
import { issueTokens, type Tokens } from "./session-tokens";
import type { SignedIn } from "./signed-in";
import { startSession } from "./start-session";
import { verifyCredentials } from "./verify-credentials";
import type { Visitor } from "./visitor";

export type TokenSignIn = { tokens: Tokens; signedIn: SignedIn };

/**
 * Signs a program in with a person's e-mail address or phone number and password. The session is one like a browser's: the
 * person sees it among their own and can end it. @throws AppError UNAUTHENTICATED; LIMIT_EXCEEDED; FORBIDDEN without a workspace
 */
export async function signInByToken(
  identifier: string,
  password: string,
  visitor: Visitor,
): Promise<TokenSignIn> {
  const userId = await verifyCredentials(identifier, password, visitor);
  const sessionId = await startSession(userId, visitor);
  const tokens = await withTransaction({ workspaceId: null }, (tx) => issueTokens(tx, sessionId));
  return { tokens, signedIn: required(await findLiveSession(sessionId), "session") };
}
