import { TRPCError } from "@trpc/server";
import { beforeAll, describe, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeMember, makeWorkspace } from "@/db/testing/factories";
import { findLiveSession } from "@/server/auth/live-session";
import type { SignedIn } from "@/server/auth/signed-in";
import { startSession } from "@/server/auth/start-session";
import type { Role } from "@/server/platform/context";
import { roleKeys } from "@/server/workspaces/roles";
import { t } from "./init";
import { appRouter } from "./root";

const db = await testDatabase();
const everyone = roleKeys;
const admin = ["admin"] as const;
const writers = ["admin", "marketer"] as const;
const builders = ["admin", "marketer", "advisor"] as const;

/** Who may call what. A new procedure of these routers must be written down here. */
const allowed: Record<string, readonly Role[] | "anybody"> = {
  "apiKeys.create": admin,
  "apiKeys.list": admin,
  "apiKeys.revoke": admin,
  "apiKeys.rotate": admin,
  "audit.filters": admin,
  "audit.list": admin,
  "auth.changeName": everyone,
  "auth.changePassword": everyone,
  "auth.changeTestAddresses": everyone,
  "auth.revokeOtherSessions": everyone,
  "auth.revokeSession": everyone,
  "auth.sessions": everyone,
  "auth.testAddresses": everyone,
  "auth.viewer": everyone,
  "branding.change": admin,
  "branding.get": builders,
  "branding.preview": admin,
  "channels.account": admin,
  "channels.accounts": builders,
  "channels.addAccount": admin,
  "channels.archiveAccount": admin,
  "channels.changeAccount": admin,
  "channels.checkConnection": admin,
  "channels.checkDkim": admin,
  "channels.deleteTemplate": writers,
  "channels.dropDkimKey": admin,
  "channels.failedReceipts": admin,
  "channels.importRegistry": admin,
  "channels.makeDefault": admin,
  "channels.makeDkimKey": admin,
  "channels.pauseAccount": admin,
  "channels.previewRegistry": admin,
  "channels.prices": writers,
  "channels.registry": builders,
  "channels.removePrice": admin,
  "channels.resumeAccount": admin,
  "channels.registryPage": writers,
  "channels.retryReceipt": admin,
  "channels.rotateWebhook": admin,
  "channels.saveTemplate": writers,
  "channels.script": admin,
  "channels.changeScript": admin,
  "channels.sendTest": admin,
  "channels.setLimits": admin,
  "channels.setPrice": admin,
  "channels.setProviderId": admin,
  "channels.submitTemplate": writers,
  "channels.syncTemplates": writers,
  "channels.template": writers,
  "channels.templates": builders,
  "channels.templatesPage": writers,
  "channels.test": admin,
  "channels.whatsappAccounts": writers,
  "notifications.list": everyone,
  "notifications.markRead": everyone,
  "notifications.unread": everyone,
  "onboarding.checklist": everyone,
  "onboarding.dismiss": everyone,
  "operations.overview": admin,
  "workflows.cancel": admin,
  "workflows.get": admin,
  "workflows.list": admin,
  "workflows.overview": admin,
  "workflows.retry": admin,
  "workspaces.acceptInvitation": "anybody",
  "workspaces.administrators": everyone,
  "workspaces.changeRole": admin,
  "workspaces.changeSettings": admin,
  "workspaces.createTeam": admin,
  "workspaces.deleteTeam": admin,
  "workspaces.invitation": "anybody",
  "workspaces.invitations": admin,
  "workspaces.invite": admin,
  "workspaces.memberNames": admin,
  "workspaces.members": admin,
  "workspaces.removeMember": admin,
  "workspaces.removeTeamMember": admin,
  "workspaces.renameTeam": admin,
  "workspaces.resendInvitation": admin,
  "workspaces.revokeInvitation": admin,
  "workspaces.setApprover": admin,
  "workspaces.setTeamMember": admin,
  "workspaces.settings": admin,
  "workspaces.teams": admin,
};

const signedIn = new Map<Role, SignedIn>();

beforeAll(async () => {
  const workspaceId = await makeWorkspace(db.owner);
  for (const role of roleKeys) {
    const member = await makeMember(db.owner, workspaceId, role);
    const found = await findLiveSession(
      await startSession(member.userId, { address: "10.3.0.1", userAgent: null }),
    );
    if (found) signedIn.set(role, found);
  }
});

/** The code that a call without input ends with: a guard answers before the input is read. */
async function codeOf(path: string, person: SignedIn | null): Promise<string> {
  const caller = t.createCallerFactory(appRouter)({ signedIn: person, requestId: "test" });
  const call = path.split(".").reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], caller);
  try {
    await (call as () => Promise<unknown>)();
    return "OK";
  } catch (error) {
    return error instanceof TRPCError ? error.code : "DEFECT";
  }
}

test("every procedure of these routers stands in the table", () => {
  const paths = Object.keys(appRouter._def.procedures).filter((path) =>
    /^(apiKeys|audit|auth|branding|channels|notifications|onboarding|operations|workflows|workspaces)\./.test(
      path,
    ),
  );
  expect(paths.sort()).toEqual(Object.keys(allowed).sort());
});

describe.each(Object.entries(allowed))("%s", (path, who) => {
  test(`is for ${who === everyone ? "every member" : who}`, async () => {
    const stranger = await codeOf(path, null);
    expect(stranger === "UNAUTHORIZED").toBe(who !== "anybody");
    for (const role of roleKeys) {
      const code = await codeOf(path, signedIn.get(role) ?? null);
      if (who === "anybody" || who.includes(role)) expect(["OK", "BAD_REQUEST"], role).toContain(code);
      else expect(code, role).toBe("FORBIDDEN");
    }
  });
});
