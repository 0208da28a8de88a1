import { and, eq, isNull, sql } from "drizzle-orm";
import { sessions } from "@/db/schema/workspaces";
import { type Transaction, withTransaction } from "@/db/transaction";
import { recordAudit } from "@/server/platform/audit";
import { clockNow } from "@/server/platform/clock";
import { systemContext } from "@/server/platform/context";
import { AppError } from "@/server/platform/errors";
import { hashToken } from "@/server/platform/secrets";
import { findLiveSession } from "./live-session";
import { isRefreshToken, issueTokens, type Tokens } from "./session-tokens";
import type { TokenSignIn } from "./sign-in-by-token";

const refused = () =>
  new AppError("UNAUTHENTICATED", "This refresh token opens nothing any more. Sign in again.");

/**
 * A new pair of tokens for a refresh token, which works once. One that comes a second time is in two hands: its session
 * ends, with every token of it. @throws AppError UNAUTHENTICATED
 */
export async function refreshTokens(refreshToken: string): Promise<TokenSignIn> {
  if (!isRefreshToken(refreshToken)) throw refused();
  const next = await withTransaction({ workspaceId: null }, (tx) => takeTurn(tx, hashToken(refreshToken)));
  const signedIn = next && (await findLiveSession(next.sessionId));
  if (!next || !signedIn) throw refused();
  return { tokens: next.tokens, signedIn };
}

type Turn = { sessionId: string; tokens: Tokens };

async function takeTurn(tx: Transaction, refreshHash: string): Promise<Turn | null> {
  const [used] = await tx.execute<{ sessionId: string }>(sql`
    update session_tokens t set refreshed_at = clock_now() from sessions s
    where t.refresh_hash = ${refreshHash} and t.refreshed_at is null
      and s.id = t.session_id and s.revoked_at is null and s.expires_at > clock_now()
    returning t.session_id as "sessionId"`);
  if (!used) {
    await endWhereUsedTwice(tx, refreshHash);
    return null;
  }
  const { sessionId } = used;
  // What was used long ago shows a theft no better than what is not known; it must not pile up with every quarter of an hour.
  await tx.execute(sql`
    delete from session_tokens where session_id = ${sessionId} and refreshed_at < clock_now() - interval '7 days'`);
  return { sessionId, tokens: await issueTokens(tx, sessionId) };
}

async function endWhereUsedTwice(tx: Transaction, refreshHash: string): Promise<void> {
  const [token] = await tx.execute<{ id: string }>(sql`
    select session_id as id from session_tokens where refresh_hash = ${refreshHash} and refreshed_at is not null`);
  if (!token) return;
  const [ended] = await tx
    .update(sessions)
    .set({ revokedAt: clockNow })
    .where(and(eq(sessions.id, token.id), isNull(sessions.revokedAt)))
    .returning({ id: sessions.id, userId: sessions.userId, workspaceId: sessions.workspaceId });
  if (!ended?.workspaceId) return;
  const ctx = { ...systemContext(ended.workspaceId), userId: ended.userId };
  await tx.execute(sql`select set_config('app.workspace_id', ${ended.workspaceId}, true)`);
  await recordAudit(tx, ctx, {
    action: "session.token_reused",
    subjectType: "session",
    subjectId: ended.id,
  });
}
