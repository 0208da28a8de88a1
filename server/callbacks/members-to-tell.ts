import { sql } from "drizzle-orm";
import type { Transaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";

type Heard = "assignee" | "team_supervisor" | "every_supervisor" | "admin";

/**
 * Members who hear about a request: who has it, the supervisors of that person's teams (every supervisor, where there is none),
 * every supervisor, or the administrators.
 */
export async function membersToTell(
  tx: Transaction,
  ctx: Context,
  { callbackId, heard }: { callbackId: string; heard: Heard },
): Promise<string[]> {
  const rows = await tx.execute<{ id: string }>(sql`
    with request as (
      select coalesce(h.membership_id, r.assignee_id) as agent from callback_requests r
      left join callback_holds h on h.workspace_id = r.workspace_id and h.callback_id = r.id
      where r.workspace_id = ${ctx.workspaceId} and r.id = ${callbackId}),
    own as (
      select s.membership_id as id from request q join team_members m on m.membership_id = q.agent
      join team_members s on s.team_id = m.team_id and s.is_supervisor),
    everyone as (
      select m.id from memberships m
      where m.workspace_id = ${ctx.workspaceId} and m.status = 'active' and m.role = 'supervisor')
    select agent as id from request where agent is not null and ${heard} = 'assignee'
    union
    select id from own where ${heard} = 'team_supervisor'
    union
    select id from everyone where ${heard} = 'every_supervisor'
      or (${heard} = 'team_supervisor' and not exists (select from own))
    union
    select m.id from memberships m
    where m.workspace_id = ${ctx.workspaceId} and m.status = 'active' and m.role = 'admin' and ${heard} = 'admin'`);
  return rows.map(({ id }) => id);
}
