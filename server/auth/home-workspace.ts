import { asc, eq, sql } from "drizzle-orm";
import { memberships, sessions } from "@/db/schema/workspaces";
import { withTransaction } from "@/db/transaction";

/**
 * The workspace that a person belongs to first of all: an active membership before an ended one, then the one used last,
 * then the one joined first. Null when they never belonged to any.
 * @param options.active leaves ended memberships out
 */
export async function findHomeWorkspace(
  userId: string,
  { active = false }: { active?: boolean } = {},
): Promise<string | null> {
  const lastUsed = sql`(select max(s.last_seen_at) from ${sessions} s where s.user_id = ${memberships.userId} and s.bound_workspace_id = ${memberships.workspaceId})`;
  const [row] = await withTransaction({ workspaceId: null, userId }, (tx) =>
    tx
      .select({ workspaceId: memberships.workspaceId, status: memberships.status })
      .from(memberships)
      .where(eq(memberships.userId, userId))
      .orderBy(
        sql`${memberships.status} = 'active' desc`,
        sql`${lastUsed} desc nulls last`,
        asc(memberships.createdAt),
        asc(memberships.id),
      )
      .limit(1),
  );
  return row && (!active || row.status === "active") ? row.workspaceId : null;
}
