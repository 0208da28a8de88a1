import { beforeEach, describe, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeMember, makeWorkspace } from "@/db/testing/factories";
import { type ClockFinding, sweepWorkspace } from "@/server/sla";
import { assignCallback } from "./assign";
import { beginAttempt } from "./attempt";
import { tellOfClock } from "./tell";
import { ask as askFor, clockOf, fixedDay, inMinutes, takeNext } from "./testing/fixed-day";

const db = await testDatabase();
type Member = Awaited<ReturnType<typeof makeMember>>;
let lead: Member;
let agent: Member;

const day = fixedDay(db);
const { go } = day;

beforeEach(async () => {
  await day.begin();
  const workspaceId = await makeWorkspace(db.owner);
  lead = await makeMember(db.owner, workspaceId, "supervisor");
  agent = await makeMember(db.owner, workspaceId, "agent");
});

const ask = (more: object = {}) => askFor(lead, more);
const clock = (callbackId: string, metric: string) => clockOf(db.owner, callbackId, metric);
const take = () => takeNext(agent);
const sweep = () => sweepWorkspace(lead, tellOfClock);

describe("the sweep", () => {
  test("tells of a warning, a breach and each level once, in order, and of none after the stop", async () => {
    await makeMember(db.owner, lead.workspaceId, "supervisor");
    const id = await ask();
    const kinds = async () =>
      (
        await db.owner`select kind from callback_activities where callback_id = ${id} and actor_kind = 'user' order by at, id`
      )
        .map(({ kind }) => kind)
        .filter((kind) => kind !== "created");
    await go(11 * 60 + 14);
    await sweep();
    expect(await kinds()).toEqual([]);
    await go(2);
    await Promise.all([sweep(), sweep()]);
    expect(await kinds()).toEqual(["warning"]);
    await go(4 * 60);
    await sweep();
    await sweep();
    // The first attempt and the first contact have the same target.
    expect(await kinds()).toEqual(["warning", "breach", "breach", "escalation"]);
    const hold = await take();
    await beginAttempt(agent, { ...hold, via: "tel" });
    await go(3_600);
    await sweep();
    expect((await kinds()).filter((kind) => kind === "escalation")).toHaveLength(1);
    const told =
      await db.owner`select membership_id, kind from notifications where workspace_id = ${lead.workspaceId}`;
    expect(told.map(({ kind }) => kind)).toEqual(["callback_escalation", "callback_escalation"]);
    // And by mail: each once, to the address of whom it was told.
    const mails = await db.owner`
      select m.id from system_mails s join users u on u.email = s.to_address join memberships m on m.user_id = u.id
      where s.workspace_id = ${lead.workspaceId} and s.kind = 'callback' order by m.id`;
    expect(mails.map((row) => row.id)).toEqual(told.map((row) => row.membership_id).sort());
  });

  test("does not ask for a workspace again in which all is told, though clocks run on after their breach", async () => {
    const asked = async () =>
      (await db.owner`select workspace_id as id from workspaces_with_due_clocks(1000)`).map(({ id }) => id);
    await ask();
    await go(16 * 60);
    expect(await asked()).toContain(lead.workspaceId);
    await sweep();
    expect(await asked()).not.toContain(lead.workspaceId);
  });

  test("tells the agent who has it of the warning and the breach, and the team's supervisor of the first level", async () => {
    const id = await ask();
    const [team] = await db.owner<{ id: string }[]>`
      insert into teams (id, workspace_id, name) values (gen_random_uuid(), ${lead.workspaceId}, 'North') returning id`;
    for (const { membershipId } of [lead, agent])
      await db.owner`
        insert into team_members (workspace_id, team_id, membership_id, is_supervisor)
        values (${lead.workspaceId}, ${team?.id ?? ""}, ${membershipId}, ${membershipId === lead.membershipId})`;
    await makeMember(db.owner, lead.workspaceId, "supervisor");
    await assignCallback(lead, { callbackId: id, membershipId: agent.membershipId });
    await go(1);
    // Minute by minute, as the worker looks.
    for (let minute = 0; minute < 60; minute++) {
      await go(60);
      await sweep();
    }
    const told = await db.owner`
      select n.kind, n.membership_id, n.at from notifications n where n.workspace_id = ${lead.workspaceId}
      order by n.at, n.kind`;
    const minutes = told.map(({ kind, membership_id, at }) => [
      inMinutes(at),
      kind,
      membership_id === agent.membershipId ? "agent" : membership_id === lead.membershipId ? "lead" : "other",
    ]);
    expect(minutes.slice(0, 3)).toEqual([
      [12, "callback_warning", "agent"],
      [15, "callback_breach", "agent"],
      [15, "callback_escalation", "lead"],
    ]);
    expect(minutes.slice(3).sort()).toEqual([
      [45, "callback_escalation", "lead"],
      [45, "callback_escalation", "other"],
    ]);
    const mails = await db.owner`select 1 from system_mails where workspace_id = ${lead.workspaceId}`;
    expect(mails).toHaveLength(told.length);
  });

  test("that comes days late finds the same breaches, and both levels", async () => {
    const id = await ask();
    await go(3 * 86_400);
    await sweep();
    expect(inMinutes((await clock(id, "first_attempt")).breached_at)).toBe(15);
    const [row] =
      await db.owner`select escalation_level as level from sla_clocks where callback_id = ${id} and metric = 'first_attempt'`;
    expect(row?.level).toBe(2);
  });
});

test("findings name what they are about", async () => {
  const seen: ClockFinding[] = [];
  await ask();
  await go(16 * 60);
  await sweepWorkspace(lead, async (_tx, _ctx, finding) => {
    seen.push(finding);
  });
  expect(seen.map(({ kind, metric }) => `${kind} ${metric}`).sort()).toEqual([
    "breach first_attempt",
    "breach first_contact",
    "escalation first_attempt",
  ]);
});
