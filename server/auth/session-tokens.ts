import { randomBytes } from "node:crypto";
import { sql } from "drizzle-orm";
import { sessionTokens } from "@/db/schema/workspaces";
import { type Transaction, withTransaction } from "@/db/transaction";
import { newId } from "@/server/platform/ids";
import { hashToken } from "@/server/platform/secrets";
import { findLiveSession } from "./live-session";
import type { SignedIn } from "./signed-in";

/** An access token opens for this long; its session may be ended at any time before. */
export const ACCESS_SECONDS = 15 * 60;

/** A pair of tokens, answered once: only hashes are kept. */
export type Tokens = { accessToken: string; refreshToken: string; expiresIn: number };

const newSecret = (kind: "rba" | "rbr"): string => `${kind}_${randomBytes(32).toString("base64url")}`;

/** Whether a bearer token says that it is an access token. */
const isAccessToken = (token: string): boolean => /^rba_[A-Za-z0-9_-]{43}$/.test(token);
export const isRefreshToken = (token: string): boolean => /^rbr_[A-Za-z0-9_-]{43}$/.test(token);

/** A new pair for a session. */
export async function issueTokens(tx: Transaction, sessionId: string): Promise<Tokens> {
  const accessToken = newSecret("rba");
  const refreshToken = newSecret("rbr");
  await tx.insert(sessionTokens).values({
    id: newId(),
    sessionId,
    accessHash: hashToken(accessToken),
    refreshHash: hashToken(refreshToken),
    accessExpiresAt: sql`clock_now() + make_interval(secs => ${ACCESS_SECONDS})`,
  });
  return { accessToken, refreshToken, expiresIn: ACCESS_SECONDS };
}

/** Whose access token it is; null when it is not known or has run out, or its session lives no more. */
export async function findTokenSession(accessToken: string): Promise<SignedIn | null> {
  if (!isAccessToken(accessToken)) return null;
  const [found] = await withTransaction({ workspaceId: null }, (tx) =>
    tx.execute<{ id: string }>(sql`
      select session_id as id from session_tokens
      where access_hash = ${hashToken(accessToken)} and access_expires_at > clock_now()`),
  );
  return found ? findLiveSession(found.id) : null;
}
