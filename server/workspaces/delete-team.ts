import { eq } from "drizzle-orm";
import { teamMembers, teams } from "@/db/schema/workspaces";
import { withTransaction } from "@/db/transaction";
import { recordAudit } from "@/server/platform/audit";
import type { Context } from "@/server/platform/context";
import { lockTeam } from "./rename-team";

/** Removes a team; its members stay in the workspace. @throws AppError NOT_FOUND */
export async function deleteTeam(ctx: Context, input: { teamId: string }): Promise<void> {
  await withTransaction(ctx, async (tx) => {
    const team = await lockTeam(tx, ctx, input.teamId);
    const places = await tx
      .delete(teamMembers)
      .where(eq(teamMembers.teamId, team.id))
      .returning({ membershipId: teamMembers.membershipId });
    await tx.delete(teams).where(eq(teams.id, team.id));
    await recordAudit(tx, ctx, {
      action: "team.deleted",
      subjectType: "team",
      subjectId: team.id,
      before: { name: team.name, members: places.length },
    });
  });
}
