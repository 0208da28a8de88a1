import { type SQL, sql } from "drizzle-orm";
import type { Transaction } from "@/db/transaction";
import { handler } from "@/server/callbacks";
import type { Context } from "@/server/platform/context";

/** Whose work somebody sees: null means the whole workspace. */
export type Scope = { teams: string[]; members: string[] } | null;

/**
 * A supervisor sees the people of the teams that they supervise, and what waits for those teams or for nobody in particular;
 * administrators, and supervisors without a team, see everything.
 */
export async function readScope(tx: Transaction, ctx: Context): Promise<Scope> {
  if (ctx.role !== "supervisor") return null;
  const rows = await tx.execute<{ teamId: string; membershipId: string }>(sql`
    select m.team_id as "teamId", m.membership_id as "membershipId" from team_members m
    where m.workspace_id = ${ctx.workspaceId} and m.team_id in (
      select s.team_id from team_members s where s.workspace_id = ${ctx.workspaceId}
        and s.membership_id = ${ctx.membershipId} and s.is_supervisor)
    order by m.team_id, m.membership_id`);
  if (rows.length === 0) return null;
  const unique = (ids: string[]) => [...new Set(ids)];
  return {
    teams: unique(rows.map(({ teamId }) => teamId)),
    members: unique(rows.map(({ membershipId }) => membershipId)),
  };
}

/** Requests `r` that belong to the scope. */
export function requestsIn(scope: Scope): SQL {
  if (scope === null) return sql`true`;
  return sql`case when ${handler} is null
    then r.team_id is null or r.team_id = any(${sql.param(scope.teams)}::uuid[])
    else ${handler} = any(${sql.param(scope.members)}::uuid[]) end`;
}

/** A member column of people in the scope. */
export const membersIn = (scope: Scope, column: SQL): SQL =>
  scope === null ? sql`true` : sql`${column} = any(${sql.param(scope.members)}::uuid[])`;
