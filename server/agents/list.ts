import { sql } from "drizzle-orm";
import { withTransaction } from "@/db/transaction";
import type { Context, Role } from "@/server/platform/context";

export type AgentLine = {
  membershipId: string;
  name: string;
  role: Role;
  capacity: number;
  skills: string[];
  languages: string[];
  teams: string[];
};

/** Everybody who takes calls, by name: agents, advisors and supervisors, with what they can be given. At most 2,000. */
export async function listAgents(ctx: Context): Promise<AgentLine[]> {
  const rows = await withTransaction(ctx, (tx) =>
    tx.execute<AgentLine>(sql`
      select m.id as "membershipId", u.name, m.role, coalesce(a.capacity, 5)::int as capacity,
        coalesce(a.skills, '{}') as skills, coalesce(a.languages, '{}') as languages,
        array(select t.name from team_members s join teams t on t.id = s.team_id
          where s.membership_id = m.id order by t.name) as teams
      from memberships m join users u on u.id = m.user_id
      left join agents a on a.workspace_id = m.workspace_id and a.membership_id = m.id
      where m.workspace_id = ${ctx.workspaceId} and m.status = 'active' and m.role in ('agent', 'advisor', 'supervisor')
      order by u.name, m.id limit 2000`),
  );
  return [...rows];
}
