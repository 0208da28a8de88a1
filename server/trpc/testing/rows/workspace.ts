import { may, type Rows } from "../table";

const everyone = "amsgv";
const address = "new.person@example.test";

/** The workspace, its people, and what each member may do about themselves. */
export const workspaceRows: Rows = {
  "workspaces.administrators": may(everyone),
  "workspaces.members": may("a", {}),
  "workspaces.memberNames": may("a"),
  "workspaces.changeRole": may("a", { membershipId: "@new-member", role: "agent" }),
  "workspaces.setApprover": may("a", { membershipId: "@new-member", isApprover: true }),
  "workspaces.removeMember": may("a", { membershipId: "@new-member" }),
  "workspaces.invitations": may("a"),
  "workspaces.invite": may("a", { email: address, role: "agent" }),
  "workspaces.resendInvitation": may("a", { invitationId: "@invitation" }),
  "workspaces.revokeInvitation": may("a", { invitationId: "@new-invitation" }),
  "workspaces.invitation": may("anybody", { token: "x".repeat(32) }),
  "workspaces.acceptInvitation": may(
    "anybody",
    { as: "account", token: "x".repeat(32), password: "a long password" },
    { gives: "CONFLICT" },
  ),
  "workspaces.teams": may("a"),
  "workspaces.createTeam": may("a", { name: "Pune" }),
  "workspaces.renameTeam": may("a", { teamId: "@new-team", name: "Nashik" }),
  "workspaces.deleteTeam": may("a", { teamId: "@new-team" }),
  "workspaces.setTeamMember": may("a", {
    teamId: "@new-team",
    membershipId: "@new-member",
    isSupervisor: false,
  }),
  "workspaces.removeTeamMember": may("a", { teamId: "@team", membershipId: "@team-member" }),
  "workspaces.settings": may("a"),
  "workspaces.changeSettings": may("a", {
    name: "Suraksha",
    timeZone: "Asia/Kolkata",
    approvalRequired: false,
  }),

  "auth.viewer": may(everyone),
  "auth.sessions": may(everyone),
  // Somebody else's session, of the same workspace: only the person ends it.
  "auth.revokeSession": may("", { sessionId: "@session" }, { hiddenFrom: everyone }),
  "auth.revokeOtherSessions": may(everyone),
  "auth.changePassword": may(
    everyone,
    { current: "not this one", next: "a long password" },
    { gives: "CONFLICT" },
  ),
  "auth.testAddresses": may(everyone),
  "auth.changeTestAddresses": may(everyone, { email: "me@example.test", phone: "" }),
  "auth.changeName": may(everyone, { name: "Asha Rao" }),

  "notifications.list": may(everyone, {}),
  "notifications.unread": may(everyone),
  // It was told to the administrator: to the others it is one that is not there.
  "notifications.markRead": may("a", { id: "@notification" }, { hiddenFrom: "msgv" }),
  "onboarding.checklist": may(everyone),
  "onboarding.dismiss": may(everyone),
  "realtime.topics": may(everyone),

  "apiKeys.list": may("a"),
  "apiKeys.create": may("a", { name: "Core", scopes: ["*"] }),
  "apiKeys.rotate": may("a", { id: "@new-key", keepHours: 24 }),
  "apiKeys.revoke": may("a", { id: "@new-key" }),
  "audit.list": may("a", {}),
  "audit.filters": may("a"),
  "operations.overview": may("a"),
  "workflows.overview": may("a"),
  "workflows.list": may("a", {}),
  "workflows.get": may("a", { runId: "@workflow-run" }),
  // It waits: there is nothing to try again.
  "workflows.retry": may("a", { runId: "@workflow-run" }, { gives: "CONFLICT" }),
  "workflows.cancel": may("a", { runId: "@new-workflow-run" }),

  "branding.get": may("amv"),
  "branding.preview": may("a", { branding: { senderNames: [], social: [] } }),
  "branding.change": may("a", {
    senderNames: [],
    social: [],
    utm: { source: "", medium: "", campaign: "", content: "", term: "" },
  }),
  "files.list": may(everyone, { ids: ["@file"] }, { foreign: "OK" }),
  "attributes.list": may(everyone),
  "attributes.use": may("am"),
  "attributes.create": may("am", { label: "Branch", key: "@new-word", type: "text" }),
  "attributes.change": may("am", {
    attributeId: "@new-attribute",
    label: "Office",
    type: "text",
    options: [],
    description: "",
  }),
  "attributes.setArchived": may("am", { attributeId: "@new-attribute", archived: true }),
};
