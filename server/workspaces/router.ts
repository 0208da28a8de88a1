import { memberProcedure, procedureFor, publicProcedure, router } from "@/server/trpc/procedures";
import { acceptInvitation } from "./accept-invitation";
import { changeRole } from "./change-role";
import { changeSettings } from "./change-settings";
import { createTeam } from "./create-team";
import { deleteTeam } from "./delete-team";
import { getInvitation } from "./get-invitation";
import { getSettings } from "./get-settings";
import { inviteMember } from "./invite";
import { listInvitations } from "./list-invitations";
import { listAdministrators, listMemberNames, listMembers } from "./list-members";
import { listTeams } from "./list-teams";
import { removeMember } from "./remove-member";
import { renameTeam } from "./rename-team";
import { resendInvitation, revokeInvitation } from "./resend-invitation";
import {
  acceptInvitationInput,
  changeRoleInput,
  changeSettingsInput,
  createTeamInput,
  invitationId,
  invitationToken,
  inviteInput,
  memberId,
  memberPageInput,
  removeTeamMemberInput,
  renameTeamInput,
  setApproverInput,
  setTeamMemberInput,
  teamId,
} from "./schemas";
import { setApprover } from "./set-approver";
import { removeTeamMember, setTeamMember } from "./set-team-member";

const admin = procedureFor("admin");

/** The workspace, its people and its teams: administrators change them. */
export const workspacesRouter = router({
  administrators: memberProcedure.query(({ ctx }) => listAdministrators(ctx.verb)),
  members: admin.input(memberPageInput).query(({ ctx, input }) => listMembers(ctx.verb, input)),
  memberNames: admin.query(({ ctx }) => listMemberNames(ctx.verb)),
  changeRole: admin.input(changeRoleInput).mutation(({ ctx, input }) => changeRole(ctx.verb, input)),
  setApprover: admin.input(setApproverInput).mutation(({ ctx, input }) => setApprover(ctx.verb, input)),
  removeMember: admin.input(memberId).mutation(({ ctx, input }) => removeMember(ctx.verb, input)),

  invitations: admin.query(({ ctx }) => listInvitations(ctx.verb)),
  invite: admin.input(inviteInput).mutation(({ ctx, input }) => inviteMember(ctx.verb, input)),
  resendInvitation: admin.input(invitationId).mutation(({ ctx, input }) => resendInvitation(ctx.verb, input)),
  revokeInvitation: admin.input(invitationId).mutation(({ ctx, input }) => revokeInvitation(ctx.verb, input)),
  // Whoever holds the link of the mail, signed in or not.
  invitation: publicProcedure.input(invitationToken).query(({ input }) => getInvitation(input.token)),
  acceptInvitation: publicProcedure
    .input(acceptInvitationInput)
    .mutation(({ ctx, input }) => acceptInvitation(ctx.signedIn?.user.id ?? null, input)),

  teams: admin.query(({ ctx }) => listTeams(ctx.verb)),
  createTeam: admin.input(createTeamInput).mutation(({ ctx, input }) => createTeam(ctx.verb, input)),
  renameTeam: admin.input(renameTeamInput).mutation(({ ctx, input }) => renameTeam(ctx.verb, input)),
  deleteTeam: admin.input(teamId).mutation(({ ctx, input }) => deleteTeam(ctx.verb, input)),
  setTeamMember: admin.input(setTeamMemberInput).mutation(({ ctx, input }) => setTeamMember(ctx.verb, input)),
  removeTeamMember: admin
    .input(removeTeamMemberInput)
    .mutation(({ ctx, input }) => removeTeamMember(ctx.verb, input)),

  settings: admin.query(({ ctx }) => getSettings(ctx.verb)),
  changeSettings: admin
    .input(changeSettingsInput)
    .mutation(({ ctx, input }) => changeSettings(ctx.verb, input)),
});
