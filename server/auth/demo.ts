import { and, asc, eq, like, sql } from "drizzle-orm";
import { memberships, users } from "@/db/schema/workspaces";
import { withTransaction } from "@/db/transaction";
import type { Role } from "@/server/platform/context";
import { demoDomain } from "./schemas";

export type DemoSignIn = { name: string; email: string; role: Role; isApprover: boolean };

/** The sign-ins that the sign-in page offers: the seeded people of the demo workspace, and nobody where there is none. */
export async function listDemoSignIns(): Promise<DemoSignIn[]> {
  const workspaceId = await withTransaction({ workspaceId: null }, async (tx) => {
    const [row] = await tx.execute<{ id: string | null }>(sql`select demo_workspace() as id`);
    return row?.id ?? null;
  });
  if (!workspaceId) return [];
  const rows = await withTransaction({ workspaceId }, (tx) =>
    tx
      .select({
        name: users.name,
        email: users.email,
        role: memberships.role,
        isApprover: memberships.isApprover,
      })
      .from(memberships)
      .innerJoin(users, eq(users.id, memberships.userId))
      .where(
        and(
          eq(memberships.workspaceId, workspaceId),
          eq(memberships.status, "active"),
          eq(users.status, "active"),
          like(users.email, `%@${demoDomain}`),
        ),
      )
      .orderBy(asc(memberships.id))
      .limit(8),
  );
  return rows.flatMap((row) => (row.email ? [{ ...row, email: row.email }] : []));
}
