import { sql } from "drizzle-orm";
import { withTransaction } from "@/db/transaction";
import { type Context, requireRole } from "@/server/platform/context";
import type { ApiScope } from "./status";

export type KeyLine = {
  id: string;
  name: string;
  /** The last four signs. */
  hint: string;
  scopes: ApiScope[];
  /** Null: made at the command line. */
  createdBy: string | null;
  /** ISO instants. The last use is known to the minute. */
  createdAt: string;
  lastUsedAt: string | null;
  rotatedAt: string | null;
  /** Until when the key before the last rotation still opens. */
  formerUntil: string | null;
  revokedAt: string | null;
};

const MOST = 200;
const iso = (column: string) =>
  sql.raw(`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`);

/** The workspace's keys: those that open first, the newest first. @throws AppError FORBIDDEN */
export async function listKeys(ctx: Context): Promise<KeyLine[]> {
  requireRole(ctx, "admin");
  const rows = await withTransaction(ctx, (tx) =>
    tx.execute<KeyLine>(sql`
      select k.id, k.name, k.hint, k.scopes, u.name as "createdBy", ${iso("k.created_at")} as "createdAt",
        ${iso("k.last_used_at")} as "lastUsedAt", ${iso("k.rotated_at")} as "rotatedAt",
        case when k.former_until > clock_now() then ${iso("k.former_until")} end as "formerUntil",
        ${iso("k.revoked_at")} as "revokedAt"
      from api_keys k left join users u on u.id = k.created_by
      where k.workspace_id = ${ctx.workspaceId} order by k.revoked_at is not null, k.id desc limit ${MOST}`),
  );
  return [...rows];
}
