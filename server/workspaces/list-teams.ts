import { asc, eq } from "drizzle-orm";
import { memberships, teamMembers, teams, users } from "@/db/schema/workspaces";
import { withTransaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";

export type TeamLine = {
  id: string;
  name: string;
  members: { membershipId: string; name: string; isSupervisor: boolean }[];
};

/** Teams by name, each with its members, supervisors first. */
export async function listTeams(ctx: Context): Promise<TeamLine[]> {
  const rows = await withTransaction(ctx, (tx) =>
    tx
      .select({
        id: teams.id,
        name: teams.name,
        membershipId: teamMembers.membershipId,
        isSupervisor: teamMembers.isSupervisor,
        memberName: users.name,
      })
      .from(teams)
      .leftJoin(teamMembers, eq(teamMembers.teamId, teams.id))
      .leftJoin(memberships, eq(memberships.id, teamMembers.membershipId))
      .leftJoin(users, eq(users.id, memberships.userId))
      .where(eq(teams.workspaceId, ctx.workspaceId))
      .orderBy(asc(teams.name), asc(teams.id), asc(users.name)),
  );
  const lines = new Map<string, TeamLine>();
  for (const { id, name, membershipId, isSupervisor, memberName } of rows) {
    const line = lines.get(id) ?? { id, name, members: [] };
    lines.set(id, line);
    if (membershipId)
      line.members.push({ membershipId, name: memberName ?? "", isSupervisor: isSupervisor ?? false });
  }
  for (const { members } of lines.values())
    members.sort((one, other) => Number(other.isSupervisor) - Number(one.isSupervisor));
  return [...lines.values()];
}
