import { z } from "zod";
import { emailAddress, newPassword, oneTimeToken, personName } from "@/server/auth/schemas";
import type { Role } from "@/server/platform/context";

type RoleWords = { label: string; summary: string; may: readonly string[] };

/** The roles of a membership: what they are called and what each may do. The routers' guards say the same. */
export const roles = {
  admin: {
    label: "Administrator",
    summary: "Runs the workspace: people, teams, settings. May do all that marketers do.",
    may: ["People, teams and invitations", "Workspace settings", "Audit log", "Everything a marketer does"],
  },
  marketer: {
    label: "Marketer",
    summary: "Customers, templates, campaigns and their numbers.",
    may: ["Import and edit customers", "Build and launch campaigns", "Read every campaign's numbers"],
  },
  supervisor: {
    label: "Supervisor",
    summary: "The call floor of their teams: queue, assignment, service levels.",
    may: ["See and reassign the callbacks of their teams", "Service level reports of their teams"],
  },
  agent: {
    label: "Call-centre agent",
    summary: "An own queue of callbacks, and the customer of each while holding it.",
    may: ["Take the next callback", "See the customer of a callback while holding it"],
  },
  advisor: {
    label: "Field advisor",
    summary: "An own book of customers: approved templates, campaigns and callbacks for it.",
    may: ["Work with the customers of their own book", "Build and launch campaigns to that book"],
  },
} as const satisfies Record<Role, RoleWords>;

export const roleKeys = [
  "admin",
  "marketer",
  "supervisor",
  "agent",
  "advisor",
] as const satisfies readonly Role[];
export const roleSchema = z.enum(roleKeys);

/** An approver approves or returns campaigns of others; added to any role. */
export const approver = {
  label: "Approver",
  summary: "Approves or returns campaigns with a comment, never their own.",
} as const;

/** "Marketer", or "Marketer, approver". */
export const roleLabel = (role: Role, isApprover: boolean): string =>
  isApprover ? `${roles[role].label}, ${approver.label.toLowerCase()}` : roles[role].label;

/** How long an invitation can be accepted. */
export const INVITATION_DAYS = 7;

export const memberPageInput = z.object({
  search: z.string().trim().max(120).default(""),
  after: z.uuid().nullish(),
  before: z.uuid().nullish(),
});
export const memberId = z.object({ membershipId: z.uuid() });
export const changeRoleInput = memberId.extend({ role: roleSchema });
export const setApproverInput = memberId.extend({ isApprover: z.boolean() });

export const inviteInput = z.object({
  email: emailAddress,
  role: roleSchema,
  isApprover: z.boolean().default(false),
});
export const invitationId = z.object({ invitationId: z.uuid() });

const teamName = z.string().trim().min(1, "Enter a name for the team.").max(60, "Use at most 60 characters.");
export const createTeamInput = z.object({ name: teamName });
export const teamId = z.object({ teamId: z.uuid() });
export const renameTeamInput = teamId.extend({ name: teamName });
export const setTeamMemberInput = teamId.extend({ membershipId: z.uuid(), isSupervisor: z.boolean() });
export const removeTeamMemberInput = teamId.extend({ membershipId: z.uuid() });

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
