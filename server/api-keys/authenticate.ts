import { sql } from "drizzle-orm";
import { withTransaction } from "@/db/transaction";
import { type Context, systemContext } from "@/server/platform/context";
import { AppError } from "@/server/platform/errors";
import { hashToken } from "@/server/platform/secrets";

/** A system that signed in with a key: its context, and what the key opens. */
export type KeyHolder = { ctx: Context; keyId: string; scopes: string[] };

const refusal = () =>
  new AppError(
    "UNAUTHENTICATED",
    "This API key is not known or was revoked. Send a key of the workspace: Authorization: Bearer rb_…",
  );

/**
 * Whose key it is. Verbs see an administrator of the workspace, as the actor `api_key`; what the key opens is asked at the
 * door, by its scopes. Notes the use, to the minute. @throws AppError UNAUTHENTICATED
 */
export async function authenticateKey(key: string, requestId: string): Promise<KeyHolder> {
  if (!/^rb_[A-Za-z0-9_-]{43}$/.test(key)) throw refusal();
  const hash = hashToken(key);
  const [found] = await withTransaction({ workspaceId: null }, (tx) =>
    tx.execute<{ id: string | null }>(sql`select workspace_of_api_key(${hash}) as id`),
  );
  const workspaceId = found?.id;
  if (!workspaceId) throw refusal();
  const row = await withTransaction({ workspaceId }, async (tx) => {
    const [known] = await tx.execute<{ id: string; scopes: string[]; stale: boolean }>(sql`
      select id, scopes, last_used_at is null or last_used_at < clock_now() - interval '1 minute' as stale from api_keys
      where workspace_id = ${workspaceId} and revoked_at is null
        and (hash = ${hash} or (former_hash = ${hash} and former_until > clock_now()))`);
    if (known?.stale)
      await tx.execute(sql`
        update api_keys set last_used_at = clock_now() where workspace_id = ${workspaceId} and id = ${known.id}`);
    return known;
  });
  if (!row) throw refusal();
  return {
    keyId: row.id,
    scopes: row.scopes,
    ctx: { ...systemContext(workspaceId), actor: { kind: "api_key", id: row.id }, role: "admin", requestId },
  };
}
