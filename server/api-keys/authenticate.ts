import { sql } from "drizzle-orm";
import { hotSql } from "@/db/client";
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
  // One trip, prepared, outside of a transaction: it is asked for every request, before the workspace is known.
  const [row] = await hotSql()<{ id: string; workspace: string; scopes: string[]; stale: boolean }[]>`
    select id, workspace, scopes, stale from api_key_with_hash(${hashToken(key)})`;
  if (!row) throw refusal();
  if (row.stale) await noteUse(row);
  return {
    keyId: row.id,
    scopes: row.scopes,
    ctx: {
      ...systemContext(row.workspace),
      actor: { kind: "api_key", id: row.id },
      role: "admin",
      requestId,
    },
  };
}

/** Once, however many requests saw at the same moment that it is time. */
async function noteUse({ id, workspace }: { id: string; workspace: string }): Promise<void> {
  await withTransaction({ workspaceId: workspace }, (tx) =>
    tx.execute(sql`
      update api_keys set last_used_at = clock_now() where workspace_id = ${workspace} and id = ${id}
        and (last_used_at is null or last_used_at < clock_now() - interval '1 minute')`),
  );
}
