import { beforeEach, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeMember, makeWorkspace } from "@/db/testing/factories";
import { newId } from "@/server/platform/ids";
import { DESK_MS, leaveDesksOf, seenAtDesk } from "./at-desk";
import { beginAttempt } from "./attempt";
import { claimNextCallback } from "./claim-next";
import { cancelCallback } from "./close";
import { countCallbacks } from "./count";
import { getCallback } from "./get";
import { releaseClaim } from "./hold";
import { listCallbacks } from "./list";
import { listPassTargets, passOn, raiseCallback } from "./pass-on";
import { readDesk, setPresence } from "./presence";
import { takeCallback } from "./take";
import { ask as askFor, fixedDay } from "./testing/fixed-day";
import { readRow, replayLog } from "./testing/replay";
import { listViews, removeView, saveView } from "./views";

const db = await testDatabase();
type Member = Awaited<ReturnType<typeof makeMember>>;
let workspaceId: string;
let admin: Member;
let lead: Member;
let agent: Member;
let colleague: Member;
const day = fixedDay(db);

beforeEach(async () => {
  await day.begin();
  workspaceId = await makeWorkspace(db.owner);
  [admin, lead, agent, colleague] = await Promise.all([
    makeMember(db.owner, workspaceId, "admin"),
    makeMember(db.owner, workspaceId, "supervisor"),
    makeMember(db.owner, workspaceId, "agent"),
    makeMember(db.owner, workspaceId, "agent"),
  ]);
});

const ask = (more: object = {}) => askFor(admin, more);
const clocks = (callbackId: string) => db.owner`
  select metric, kind, at from sla_events where callback_id = ${callbackId} order by at, sequence, metric`;
const told = async (member: Member) =>
  (
    await db.owner<{ kind: string }[]>`
    select kind from notifications where membership_id = ${member.membershipId} order by id`
  ).map(({ kind }) => kind);

/** A team, its people, and who leads it. */
async function makeTeam(people: Member[], supervisor?: Member): Promise<string> {
  const id = newId();
  await db.owner`insert into teams (id, workspace_id, name) values (${id}, ${workspaceId}, ${`Team ${id.slice(-4)}`})`;
  for (const { membershipId } of [...people, ...(supervisor ? [supervisor] : [])])
    await db.owner`insert into team_members (workspace_id, team_id, membership_id, is_supervisor)
      values (${workspaceId}, ${id}, ${membershipId}, ${membershipId === supervisor?.membershipId})`;
  return id;
}

test("an agent passes a request on to a colleague: one line, a note, nobody else is given it, no clock moves", async () => {
  const id = await ask();
  const { generation } = await takeCallback(agent, { callbackId: id });
  const before = await clocks(id);
  await passOn(agent, {
    callbackId: id,
    generation,
    to: { kind: "person", id: colleague.membershipId },
    note: "She speaks Marathi",
  });
  expect(await clocks(id)).toEqual(before);
  const { activities, assigneeId } = await getCallback(lead, { callbackId: id });
  expect(activities.filter(({ kind }) => kind === "passed_on")).toMatchObject([
    { note: "She speaks Marathi" },
  ]);
  expect(assigneeId).toBe(colleague.membershipId);
  expect(await told(colleague)).toEqual(["callback_passed_on"]);
  expect(await claimNextCallback(agent)).toBeNull();
  expect((await claimNextCallback(colleague))?.callbackId).toBe(id);
  const replayed = await replayLog(db.owner, id);
  expect(await readRow(db.owner, id, Object.keys(replayed))).toEqual(replayed);
  // The claim that it was passed on under is over.
  await expect(releaseClaim(agent, { callbackId: id, generation })).rejects.toMatchObject({
    code: "CONFLICT",
  });
});

test("what is passed on to a team is given to its people only", async () => {
  const team = await makeTeam([colleague]);
  const id = await ask();
  const { generation } = await takeCallback(agent, { callbackId: id });
  await passOn(agent, { callbackId: id, generation, to: { kind: "team", id: team } });
  expect(await claimNextCallback(agent)).toBeNull();
  expect((await listCallbacks(agent, {})).rows).toEqual([]);
  expect((await listPassTargets(agent)).teams).toMatchObject([{ id: team, people: 1 }]);
  expect((await claimNextCallback(colleague))?.callbackId).toBe(id);
});

test("a call that is under way, a stranger, an empty team and a request that one does not hold are refused", async () => {
  const id = await ask();
  const to = { kind: "person" as const, id: colleague.membershipId };
  await expect(passOn(agent, { callbackId: id, to })).rejects.toMatchObject({ code: "FORBIDDEN" });
  const { generation } = await takeCallback(agent, { callbackId: id });
  const stranger = await makeMember(db.owner, await makeWorkspace(db.owner), "agent");
  const hold = { callbackId: id, generation };
  await expect(
    passOn(agent, { ...hold, to: { kind: "person", id: stranger.membershipId } }),
  ).rejects.toMatchObject({
    code: "NOT_FOUND",
  });
  await expect(
    passOn(agent, { ...hold, to: { kind: "team", id: await makeTeam([]) } }),
  ).rejects.toMatchObject({
    code: "BAD_INPUT",
  });
  await beginAttempt(agent, { ...hold, via: "tel" });
  await expect(passOn(agent, { ...hold, to })).rejects.toMatchObject({ code: "CONFLICT" });
  await expect(passOn(lead, { callbackId: id, to })).rejects.toMatchObject({ code: "CONFLICT" });
});

test("asking a supervisor tells those of the agent's team, each time, and changes nothing else", async () => {
  const other = await makeMember(db.owner, workspaceId, "supervisor");
  await makeTeam([agent], lead);
  const id = await ask();
  const { generation } = await takeCallback(agent, { callbackId: id });
  const before = await clocks(id);
  await raiseCallback(agent, { callbackId: id, generation, note: "He wants the branch manager" });
  await raiseCallback(agent, { callbackId: id, generation });
  expect(await told(lead)).toEqual(["callback_raised", "callback_raised"]);
  expect(await told(other)).toEqual([]);
  expect(await clocks(id)).toEqual(before);
  const { activities, status } = await getCallback(lead, { callbackId: id });
  expect(status).toBe("in_progress");
  expect(activities.filter(({ kind }) => kind === "raised").map(({ note }) => note)).toEqual([
    null,
    "He wants the branch manager",
  ]);
});

test("a supervisor sees and changes what their teams have, and what waits for anybody", async () => {
  await makeTeam([agent], lead);
  const waiting = await ask();
  const ours = await ask({ phone: "98200 00002" });
  const theirs = await ask({ phone: "98200 00003" });
  await passOn(admin, { callbackId: ours, to: { kind: "person", id: agent.membershipId } });
  await passOn(admin, { callbackId: theirs, to: { kind: "person", id: colleague.membershipId } });
  const seen = async (member: Member) => (await listCallbacks(member, {})).rows.map(({ id }) => id).sort();
  expect(await seen(lead)).toEqual([waiting, ours].sort());
  expect((await countCallbacks(lead)).all).toBe(2);
  expect(await seen(admin)).toHaveLength(3);
  for (const verb of [
    () => getCallback(lead, { callbackId: theirs }),
    () => cancelCallback(lead, { callbackId: theirs, reason: "other" as const }),
  ])
    await expect(verb()).rejects.toMatchObject({ code: "NOT_FOUND" });
  // Who leads no team sees the whole workspace.
  expect(await seen(await makeMember(db.owner, workspaceId, "supervisor"))).toHaveLength(3);
});

test("a closed browser makes an agent offline at the end of its lease, unless a request is in hand", async () => {
  await setPresence(agent, { presence: "available" });
  await setPresence(colleague, { presence: "available" });
  await ask();
  expect(await claimNextCallback(colleague)).not.toBeNull();
  await day.go(DESK_MS / 1_000 - 40);
  await seenAtDesk(agent);
  await day.go(41);
  expect(await leaveDesksOf(admin)).toBe(1); // the colleague's claim has ended with its own lease
  expect((await readDesk(agent)).presence).toBe("available");
  await day.go(DESK_MS / 1_000);
  expect(await leaveDesksOf(admin)).toBe(1);
  expect(await leaveDesksOf(admin)).toBe(0);
  expect((await readDesk(agent)).presence).toBe("offline");
  await seenAtDesk(agent);
  expect((await readDesk(agent)).presence).toBe("offline");
  const changes =
    await db.owner`select presence from presence_changes where membership_id = ${agent.membershipId} order by at`;
  expect(changes.map(({ presence }) => presence)).toEqual(["available", "offline"]);
});

test("a call keeps its agent at the desk: the phone's own app hides the browser", async () => {
  const id = await ask();
  const { generation } = await takeCallback(agent, { callbackId: id });
  await beginAttempt(agent, { callbackId: id, generation, via: "tel" });
  await day.go(10 * 60);
  expect(await leaveDesksOf(admin)).toBe(0);
  expect((await readDesk(agent)).presence).toBe("on_call");
});

test("views are each member's own, whatever the browser", async () => {
  await saveView(lead, { name: "Mine, late", query: "tab=overdue&after=x&open=y" });
  await saveView(lead, { name: "Mine, late", query: "tab=mine" });
  const [view] = await listViews(lead);
  expect(view).toMatchObject({ name: "Mine, late", query: "tab=mine" });
  expect(await listViews(agent)).toEqual([]);
  await expect(removeView(agent, { viewId: view?.id ?? "" })).rejects.toMatchObject({ code: "NOT_FOUND" });
  await removeView(lead, { viewId: view?.id ?? "" });
  expect(await listViews(lead)).toEqual([]);
});
