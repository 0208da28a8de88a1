import { and, eq } from "drizzle-orm";
import { teamMembers } from "@/db/schema/workspaces";
import { withTransaction } from "@/db/transaction";
import { recordAudit } from "@/server/platform/audit";
import type { Context } from "@/server/platform/context";
import { required } from "@/server/platform/errors";
import { parseId } from "@/server/platform/ids";
import { lockMember } from "./member";
import { lockTeam } from "./rename-team";

type Place = { teamId: string; membershipId: string };

/** Puts a member into a team, as its supervisor or not; also changes which of the two they are. @throws AppError NOT_FOUND */
export async function setTeamMember(ctx: Context, input: Place & { isSupervisor: boolean }): Promise<void> {
  const { isSupervisor } = input;
  await withTransaction(ctx, async (tx) => {
    const team = await lockTeam(tx, ctx, input.teamId);
    const member = await lockMember(tx, ctx, input.membershipId);
    const place = and(eq(teamMembers.teamId, team.id), eq(teamMembers.membershipId, member.id));
    const [before] = await tx
      .select({ isSupervisor: teamMembers.isSupervisor })
      .from(teamMembers)
      .where(place);
    if (before?.isSupervisor === isSupervisor) return;
    if (before) await tx.update(teamMembers).set({ isSupervisor }).where(place);
    else
      await tx
        .insert(teamMembers)
        .values({ workspaceId: ctx.workspaceId, teamId: team.id, membershipId: member.id, isSupervisor });
    await recordAudit(tx, ctx, {
      action: before ? "team.member_changed" : "team.member_added",
      subjectType: "team",
      subjectId: team.id,
      before: before ? { membershipId: member.id, ...before } : null,
      after: { membershipId: member.id, isSupervisor },
    });
  });
}

/** Takes a member out of a team. @throws AppError NOT_FOUND when they are not in it */
export async function removeTeamMember(ctx: Context, input: Place): Promise<void> {
  await withTransaction(ctx, async (tx) => {
    const team = await lockTeam(tx, ctx, input.teamId);
    const [removed] = await tx
      .delete(teamMembers)
      .where(and(eq(teamMembers.teamId, team.id), eq(teamMembers.membershipId, parseId(input.membershipId))))
      .returning({ membershipId: teamMembers.membershipId, isSupervisor: teamMembers.isSupervisor });
    await recordAudit(tx, ctx, {
      action: "team.member_removed",
      subjectType: "team",
      subjectId: team.id,
      before: required(removed, "team member"),
    });
  });
}
