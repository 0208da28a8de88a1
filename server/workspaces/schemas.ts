import { z } from "zod";
import { emailAddress, newPassword, oneTimeToken, personName } from "@/server/auth/schemas";
import { roleSchema } from "./roles";

/** How long an invitation can be accepted. */
export const INVITATION_DAYS = 7;

export const memberPageInput = z.object({
  search: z.string().trim().max(120).default(""),
  after: z.uuid().nullish(),
  before: z.uuid().nullish(),
});
/** Ids are strings here: the verbs answer a malformed one like a missing row. */
export const memberId = z.object({ membershipId: z.string() });
export const changeRoleInput = memberId.extend({ role: roleSchema });
export const setApproverInput = memberId.extend({ isApprover: z.boolean() });

export const inviteInput = z.object({
  email: emailAddress,
  role: roleSchema,
  isApprover: z.boolean().default(false),
});
export const invitationId = z.object({ invitationId: z.string() });

const teamName = z.string().trim().min(1, "Enter a name for the team.").max(60, "Use at most 60 characters.");
export const createTeamInput = z.object({ name: teamName });
export const teamId = z.object({ teamId: z.string() });
export const renameTeamInput = teamId.extend({ name: teamName });
export const setTeamMemberInput = teamId.extend({ membershipId: z.string(), isSupervisor: z.boolean() });
export const removeTeamMemberInput = teamId.extend({ membershipId: z.string() });

const knownZones = new Set([...Intl.supportedValuesOf("timeZone"), "UTC", "Asia/Kolkata"]);
export const timeZones: readonly string[] = [...knownZones].sort();

export const changeSettingsInput = z.object({
  name: z.string().trim().min(1, "Enter a name.").max(80, "Use at most 80 characters."),
  timeZone: z.string().refine((zone) => knownZones.has(zone), "Choose a time zone from the list."),
  approvalRequired: z.boolean(),
});

export const invitationToken = z.object({ token: oneTimeToken });
/** A new person says who they are; somebody with an account proves it by password, or by being signed in. */
export const acceptInvitationInput = z.discriminatedUnion("as", [
  invitationToken.extend({ as: z.literal("new"), name: personName, password: newPassword }),
  invitationToken.extend({
    as: z.literal("account"),
    password: z.string().min(1, "Enter your password.").max(200),
  }),
  invitationToken.extend({ as: z.literal("signed-in") }),
]);
export type AcceptInvitation = z.infer<typeof acceptInvitationInput>;

/** Why an invitation can no longer be accepted, in words. */
export const invitationEnds = {
  accepted: "It was accepted already. Sign in with the account that joined.",
  revoked: "It was taken back. Ask the person who invited you.",
  expired: `It was older than ${INVITATION_DAYS} days. Ask the person who invited you to send it again.`,
  unknown: "The link is incomplete, or a newer mail replaced it. Open the link of the newest mail.",
} as const;
export type InvitationEnd = keyof typeof invitationEnds;
