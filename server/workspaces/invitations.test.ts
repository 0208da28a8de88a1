import { beforeEach, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeMember, makeWorkspace } from "@/db/testing/factories";
import { sendRequestedMail } from "@/server/auth/mail";
import { verifyCredentials } from "@/server/auth/verify-credentials";
import { systemContext } from "@/server/platform/context";
import { acceptInvitation } from "./accept-invitation";
import { createUser } from "./create-user";
import { getInvitation } from "./get-invitation";
import { inviteMember } from "./invite";
import { listInvitations } from "./list-invitations";
import { removeMember } from "./remove-member";
import { resendInvitation, revokeInvitation } from "./resend-invitation";

const db = await testDatabase();
const password = "three blue kites";
let admin: Awaited<ReturnType<typeof makeMember>>;
let count = 0;
let email: string;

beforeEach(async () => {
  admin = await makeMember(db.owner, await makeWorkspace(db.owner, "Suraksha"), "admin");
  email = `new-${++count}@example.test`;
});

const invite = () => inviteMember(admin, { email, role: "marketer", isApprover: true });

/** The token in the newest mail, read where the person would read it. */
async function mailedToken(): Promise<string> {
  const [mail] = await db.owner<
    { id: string }[]
  >`select id from system_mails where workspace_id = ${admin.workspaceId} order by id desc limit 1`;
  await sendRequestedMail(systemContext(admin.workspaceId), mail?.id ?? "");
  const [message] = await db.owner<
    { text: string }[]
  >`select text from sandbox_messages where public_id = ${mail?.id ?? ""}`;
  return /invitation\/([\w-]+)/.exec(message?.text ?? "")?.[1] ?? "";
}

const memberships = () =>
  db.owner`select m.role, m.is_approver, m.status, u.email from memberships m join users u on u.id = m.user_id
    where m.workspace_id = ${admin.workspaceId} and m.id <> ${admin.membershipId}`;

const joined = () => ({ role: "marketer", is_approver: true, status: "active", email });

test("a new person joins once, and signs in with the chosen password", async () => {
  await invite();
  const token = await mailedToken();
  expect(await getInvitation(token)).toMatchObject({
    state: "open",
    email,
    workspaceName: "Suraksha",
    account: null,
  });
  const accept = (name: string) => acceptInvitation(null, { as: "new", token, name, password });
  const results = await Promise.allSettled([accept("Nisha"), accept("Nisha again")]);
  expect(results.map((result) => result.status).sort()).toEqual(["fulfilled", "rejected"]);
  expect(await memberships()).toEqual([joined()]);
  expect(await verifyCredentials(email, password, { address: "10.2.0.1", userAgent: null })).toBeTruthy();
  expect((await getInvitation(token))?.state).toBe("accepted");
  const entries = await db.owner<
    { action: string; after: unknown }[]
  >`select action, after from audit_entries where workspace_id = ${admin.workspaceId} order by id`;
  expect(entries.map((entry) => entry.action)).toEqual(["invitation.sent", "invitation.accepted"]);
  expect(JSON.stringify(entries)).not.toContain(email);
});

test("somebody with an account joins with its password, and keeps the other workspace", async () => {
  const elsewhere = await makeWorkspace(db.owner, "Elsewhere");
  const { userId } = await createUser(systemContext(elsewhere), {
    name: "Om",
    email,
    password,
    role: "agent",
  });
  await invite();
  const token = await mailedToken();
  expect((await getInvitation(token))?.account).toEqual({ userId, isMember: false });
  await expect(acceptInvitation(null, { as: "new", token, name: "Thief", password })).rejects.toMatchObject({
    code: "CONFLICT",
  });
  await expect(acceptInvitation(null, { as: "account", token, password: "wrong" })).rejects.toMatchObject({
    code: "BAD_INPUT",
  });
  expect(await acceptInvitation(null, { as: "account", token, password })).toEqual({
    workspaceId: admin.workspaceId,
    email,
  });
  expect(await memberships()).toEqual([joined()]);
  expect(
    await db.owner`select role from memberships where user_id = ${userId} and status = 'active'`,
  ).toHaveLength(2);
});

test("a signed-in person joins with one click, but not on another person's invitation", async () => {
  const elsewhere = await makeWorkspace(db.owner, "Elsewhere");
  const { userId } = await createUser(systemContext(elsewhere), {
    name: "Om",
    email,
    password,
    role: "agent",
  });
  await invite();
  const token = await mailedToken();
  await expect(acceptInvitation(admin.userId, { as: "signed-in", token })).rejects.toMatchObject({
    code: "CONFLICT",
  });
  await expect(acceptInvitation(null, { as: "signed-in", token })).rejects.toMatchObject({
    code: "CONFLICT",
  });
  await acceptInvitation(userId, { as: "signed-in", token });
  expect(await memberships()).toEqual([joined()]);
});

test("a removed member comes back by an invitation, with the role of the invitation", async () => {
  const { membershipId } = await createUser(admin, { name: "Om", email, password, role: "agent" });
  await removeMember(admin, { membershipId });
  await invite();
  await acceptInvitation(null, { as: "account", token: await mailedToken(), password });
  expect(await memberships()).toEqual([joined()]);
});

test("a link ends after 7 days, when it is taken back, and when it is sent again", async () => {
  const { id } = await invite();
  const first = await mailedToken();
  await resendInvitation(admin, { invitationId: id });
  const second = await mailedToken();
  expect(await getInvitation(first)).toBeNull();
  await db.moveClock("6 days 23 hours");
  expect((await getInvitation(second))?.state).toBe("open");
  await db.moveClock("7 days 1 minute");
  expect((await getInvitation(second))?.state).toBe("expired");
  const accept = () => acceptInvitation(null, { as: "new", token: second, name: "Late", password });
  await expect(accept()).rejects.toMatchObject({ code: "CONFLICT" });
  expect((await listInvitations(admin))[0]).toMatchObject({ email, isExpired: true });
  await db.moveClock("0");
  await revokeInvitation(admin, { invitationId: id });
  await expect(accept()).rejects.toMatchObject({ code: "CONFLICT" });
  await expect(resendInvitation(admin, { invitationId: id })).rejects.toMatchObject({ code: "NOT_FOUND" });
  expect(await listInvitations(admin)).toEqual([]);
  expect(await memberships()).toEqual([]);
});

test("two clicks send one invitation; a member is not invited", async () => {
  const results = await Promise.allSettled([invite(), invite()]);
  expect(results.map((result) => result.status).sort()).toEqual(["fulfilled", "rejected"]);
  expect(await listInvitations(admin)).toHaveLength(1);
  await acceptInvitation(null, { as: "new", token: await mailedToken(), name: "Nisha", password });
  await expect(invite()).rejects.toMatchObject({ code: "CONFLICT", details: { field: "email" } });
});

test("another workspace's invitation answers like a missing one", async () => {
  const { id } = await invite();
  const stranger = await makeMember(db.owner, await makeWorkspace(db.owner, "Theirs"), "admin");
  for (const act of [resendInvitation, revokeInvitation])
    await expect(act(stranger, { invitationId: id })).rejects.toMatchObject({ code: "NOT_FOUND" });
  expect(await listInvitations(stranger)).toEqual([]);
});
