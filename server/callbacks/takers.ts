import { sql } from "drizzle-orm";
import { withTransaction } from "@/db/transaction";
import { type Context, requireRole } from "@/server/platform/context";
import type { Presence } from "./status";

export type Taker = { id: string; name: string; role: string; presence: Presence; open: number };

/** Members who take calls, with what they do now and how many requests they have. @throws AppError FORBIDDEN */
export async function listTakers(ctx: Context): Promise<Taker[]> {
  requireRole(ctx, "admin", "supervisor");
  return withTransaction(ctx, async (tx) => {
    const rows = await tx.execute<Taker>(sql`
      select m.id, u.name, m.role, coalesce(a.presence, 'offline') as presence,
        (select count(*)::int from callback_requests r where r.workspace_id = m.workspace_id and r.assignee_id = m.id
          and r.status in ('pending', 'assigned', 'in_progress', 'scheduled')) as open
      from memberships m join users u on u.id = m.user_id
      left join agents a on a.workspace_id = m.workspace_id and a.membership_id = m.id
      where m.workspace_id = ${ctx.workspaceId} and m.status = 'active' and m.role <> 'marketer'
      order by m.role <> 'agent', u.name, m.id`);
    return [...rows];
  });
}
