import { and, asc, eq, isNotNull, like, sql } from "drizzle-orm";
import { memberships, users } from "@/db/schema/workspaces";
import { withTransaction } from "@/db/transaction";
import { roleLabel } from "@/server/workspaces/roles";
import { demoDomain, demoPassword } from "./schemas";

/** One person of the demo workspace, with everything that the sign-in page needs to sign them in. */
export type DemoSignIn = { name: string; email: string; password: string; roleLabel: string };

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
          // Some of the seeded people only fill teams and books; nobody signs in as them.
          isNotNull(users.passwordHash),
        ),
      )
      .orderBy(asc(memberships.id))
      .limit(8),
  );
  return rows.flatMap(({ name, email, role, isApprover }) =>
    email ? [{ name, email, password: demoPassword, roleLabel: roleLabel(role, isApprover) }] : [],
  );
}
