import { sql } from "drizzle-orm";
import { withTransaction } from "@/db/transaction";
import { type Context, requireRole } from "@/server/platform/context";
import { customerReaders } from "./status";

export type Advisor = { id: string; name: string };

/** The advisors whose book a customer can be in: membership id and name. @throws AppError FORBIDDEN */
export async function listAdvisors(ctx: Context): Promise<Advisor[]> {
  requireRole(ctx, ...customerReaders);
  const rows = await withTransaction(ctx, (tx) =>
    tx.execute<Advisor>(sql`
      select m.id, u.name from memberships m join users u on u.id = m.user_id
      where m.workspace_id = ${ctx.workspaceId} and m.role = 'advisor' and m.status = 'active' order by u.name, m.id`),
  );
  return [...rows];
}
