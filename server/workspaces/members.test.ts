import { beforeEach, describe, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeMember, makeWorkspace } from "@/db/testing/factories";
import { newId } from "@/server/platform/ids";
import { changeRole } from "./change-role";
import { changeSettings } from "./change-settings";
import { createTeam } from "./create-team";
import { createUser } from "./create-user";
import { deleteTeam } from "./delete-team";
import { getSettings } from "./get-settings";
import { listMembers } from "./list-members";
import { listTeams } from "./list-teams";
import { removeMember } from "./remove-member";
import { renameTeam } from "./rename-team";
import { setApprover } from "./set-approver";
import { removeTeamMember, setTeamMember } from "./set-team-member";

const db = await testDatabase();
type Member = Awaited<ReturnType<typeof makeMember>>;
let admin: Member;
let agent: Member;
let stranger: Member;

beforeEach(async () => {
  const workspaceId = await makeWorkspace(db.owner, "Ours");
  admin = await makeMember(db.owner, workspaceId, "admin");
  agent = await makeMember(db.owner, workspaceId, "agent");
  stranger = await makeMember(db.owner, await makeWorkspace(db.owner, "Theirs"), "admin");
});

const audit = () =>
  db.owner<{ action: string; before: unknown; after: unknown }[]>`
    select action, before, after from audit_entries where workspace_id = ${admin.workspaceId} order by id`;

const roleOf = async (member: Member) =>
  (
    await db.owner<
      { role: string; status: string }[]
    >`select role, status from memberships where id = ${member.membershipId}`
  )[0];

describe("members", () => {
  test("a role and an approver's right change, each with what stood before", async () => {
    await changeRole(admin, { membershipId: agent.membershipId, role: "supervisor" });
    await setApprover(admin, { membershipId: agent.membershipId, isApprover: true });
    await setApprover(admin, { membershipId: agent.membershipId, isApprover: false });
    await changeRole(admin, { membershipId: agent.membershipId, role: "supervisor" });
    expect(await audit()).toEqual([
      { action: "member.role_changed", before: { role: "agent" }, after: { role: "supervisor" } },
      { action: "member.approver_added", before: { isApprover: false }, after: { isApprover: true } },
      { action: "member.approver_removed", before: { isApprover: true }, after: { isApprover: false } },
    ]);
  });

  test("a foreign workspace's member, a missing one and nonsense answer alike, and nothing changes", async () => {
    for (const membershipId of [stranger.membershipId, newId(), "x"])
      for (const attempt of [
        () => changeRole(admin, { membershipId, role: "agent" }),
        () => setApprover(admin, { membershipId, isApprover: true }),
        () => removeMember(admin, { membershipId }),
      ])
        await expect(attempt()).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(await roleOf(stranger)).toEqual({ role: "admin", status: "active" });
    expect(await audit()).toEqual([]);
  });

  test("the last administrator stays one", async () => {
    // However its id is written.
    for (const membershipId of [admin.membershipId, admin.membershipId.toUpperCase()]) {
      const role = changeRole(admin, { membershipId, role: "agent" });
      await expect(role).rejects.toMatchObject({ code: "CONFLICT" });
      await expect(removeMember(admin, { membershipId })).rejects.toMatchObject({ code: "CONFLICT" });
    }
    expect(await roleOf(admin)).toEqual({ role: "admin", status: "active" });
  });

  test("two administrators who remove each other at once leave one", async () => {
    const second = await makeMember(db.owner, admin.workspaceId, "admin");
    const results = await Promise.allSettled([
      removeMember(admin, { membershipId: second.membershipId }),
      changeRole(second, { membershipId: admin.membershipId, role: "agent" }),
    ]);
    expect(results.filter((result) => result.status === "fulfilled")).toHaveLength(1);
    const [left] = await db.owner<
      { n: number }[]
    >`select count(*)::int as n from memberships where workspace_id = ${admin.workspaceId} and role = 'admin' and status = 'active'`;
    expect(left?.n).toBe(1);
  });

  test("a removed member loses sessions and team places here, and leaves the list", async () => {
    const team = await createTeam(admin, { name: "Floor" });
    await setTeamMember(admin, { teamId: team.id, membershipId: agent.membershipId, isSupervisor: true });
    await db.owner`insert into sessions (id, user_id, bound_workspace_id, expires_at) values
      (${newId()}, ${agent.userId}, ${agent.workspaceId}, now() + interval '1 day'),
      (${newId()}, ${agent.userId}, ${stranger.workspaceId}, now() + interval '1 day')`;
    await removeMember(admin, { membershipId: agent.membershipId });
    const { rows, total } = await listMembers(admin, { search: "" });
    expect(rows.map((row) => row.id)).toEqual([admin.membershipId]);
    expect(total).toBe(1);
    expect((await listTeams(admin))[0]?.members).toEqual([]);
    const live =
      await db.owner`select bound_workspace_id as id from sessions where user_id = ${agent.userId} and revoked_at is null`;
    expect(live).toEqual([{ id: stranger.workspaceId }]);
  });

  test("are listed a page at a time, both ways, and found by name, address or number", async () => {
    for (let index = 0; index < 55; index++) await makeMember(db.owner, admin.workspaceId, "advisor");
    const first = await listMembers(admin, { search: "" });
    expect([first.rows.length, first.total, first.previous]).toEqual([50, 57, null]);
    const second = await listMembers(admin, { search: "", after: first.next });
    expect([second.rows.length, second.next]).toEqual([7, null]);
    const back = await listMembers(admin, { search: "", before: second.previous });
    expect(back.rows.map((row) => row.id)).toEqual(first.rows.map((row) => row.id));
    expect(back.previous).toBeNull();
    const found = await listMembers(admin, { search: `${agent.userId.slice(-12)}@EXAMPLE` });
    expect(found.rows.map((row) => row.id)).toEqual([agent.membershipId]);
    expect((await listMembers(admin, { search: "%" })).rows).toEqual([]);
  });
});

describe("teams", () => {
  test("are made, renamed, filled and removed, each with an audit entry", async () => {
    const { id: teamId } = await createTeam(admin, { name: "Renewals" });
    await renameTeam(admin, { teamId, name: "Renewals North" });
    const place = { teamId, membershipId: agent.membershipId };
    await setTeamMember(admin, { ...place, isSupervisor: false });
    await setTeamMember(admin, { ...place, isSupervisor: true });
    expect(await listTeams(admin)).toEqual([
      {
        id: teamId,
        name: "Renewals North",
        members: [{ membershipId: agent.membershipId, name: "A agent", isSupervisor: true }],
      },
    ]);
    await removeTeamMember(admin, place);
    await deleteTeam(admin, { teamId });
    expect(await listTeams(admin)).toEqual([]);
    expect((await audit()).map((entry) => entry.action)).toEqual([
      "team.created",
      "team.renamed",
      "team.member_added",
      "team.member_changed",
      "team.member_removed",
      "team.deleted",
    ]);
  });

  test("have one name each; another workspace may use the same", async () => {
    const { id: teamId } = await createTeam(admin, { name: "One" });
    await createTeam(admin, { name: "Two" });
    await createTeam(stranger, { name: "One" });
    await expect(createTeam(admin, { name: "One" })).rejects.toMatchObject({ code: "CONFLICT" });
    await expect(renameTeam(admin, { teamId, name: "Two" })).rejects.toMatchObject({ code: "CONFLICT" });
  });

  test("take only members of their own workspace, and foreign teams do not exist", async () => {
    const { id: ours } = await createTeam(admin, { name: "Ours" });
    const { id: theirs } = await createTeam(stranger, { name: "Theirs" });
    for (const [teamId, membershipId] of [
      [ours, stranger.membershipId],
      [theirs, agent.membershipId],
    ] as const)
      await expect(setTeamMember(admin, { teamId, membershipId, isSupervisor: false })).rejects.toMatchObject(
        {
          code: "NOT_FOUND",
        },
      );
    await expect(deleteTeam(admin, { teamId: theirs })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});

test("settings change with only what changed in the log", async () => {
  const before = await getSettings(admin);
  await changeSettings(admin, { ...before, timeZone: "Asia/Kathmandu", approvalRequired: true });
  expect(await getSettings(admin)).toEqual({
    name: "Ours",
    timeZone: "Asia/Kathmandu",
    approvalRequired: true,
  });
  await changeSettings(admin, await getSettings(admin));
  expect(await audit()).toEqual([
    {
      action: "workspace.changed",
      before: { timeZone: "Asia/Kolkata", approvalRequired: false },
      after: { timeZone: "Asia/Kathmandu", approvalRequired: true },
    },
  ]);
});

describe("a person made by the operator", () => {
  const person = { name: "Dev", password: "three blue kites", role: "agent" as const };

  test("has a normalised address and number, and cannot be made twice", async () => {
    const { userId } = await createUser(admin, {
      ...person,
      email: " Dev@Example.test",
      phone: "098765 43222",
    });
    const [row] = await db.owner`select email, phone from users where id = ${userId}`;
    expect(row).toEqual({ email: "dev@example.test", phone: "+919876543222" });
    for (const known of [{ email: "DEV@example.test" }, { phone: "+91 98765 43222" }])
      await expect(createUser(admin, { ...person, ...known })).rejects.toMatchObject({ code: "CONFLICT" });
  });

  test("needs something to sign in with, and an administrator or the system to make them", async () => {
    await expect(createUser(admin, person)).rejects.toMatchObject({ code: "BAD_INPUT" });
    await expect(createUser(admin, { ...person, email: "dev" })).rejects.toMatchObject({ code: "BAD_INPUT" });
    await expect(createUser(agent, { ...person, email: "x@example.test" })).rejects.toMatchObject({
      code: "FORBIDDEN",
    });
  });
});

test("a change whose audit entry cannot be written does not happen", async () => {
  // An id that is no UUID makes the insert of the entry fail after the change was made.
  const broken = { ...admin, actor: { kind: "user" as const, id: "not-an-id" } };
  await expect(changeRole(broken, { membershipId: agent.membershipId, role: "marketer" })).rejects.toThrow();
  expect(await roleOf(agent)).toEqual({ role: "agent", status: "active" });
});
