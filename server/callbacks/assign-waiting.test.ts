import { beforeEach, describe, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeMember, makeWorkspace } from "@/db/testing/factories";
import { changeAssignment } from "@/server/agents/assignment";
import { changeAgent } from "@/server/agents/change";
import { systemContext } from "@/server/platform/context";
import { assignCallback } from "./assign";
import { assignEverywhere, assignWaiting } from "./assign-waiting";
import { beginAttempt, recordOutcome } from "./attempt";
import { claimNextCallback } from "./claim-next";
import { completeCallback } from "./close";
import { requestCallback } from "./request";
import type { AssignmentPolicy } from "./status";
import { BEGIN, fixedDay } from "./testing/fixed-day";

const db = await testDatabase();
const day = fixedDay(db);
type Member = Awaited<ReturnType<typeof makeMember>>;
let admin: Member;
let agents: Member[];

beforeEach(async () => {
  await day.begin();
  // One workspace a test: the pass over all of them finds this one only.
  await db.owner`update workspaces set assignment_policy = 'by_hand'`;
  const workspaceId = await makeWorkspace(db.owner);
  admin = await makeMember(db.owner, workspaceId, "admin");
  agents = [];
  for (let n = 0; n < 3; n++) agents.push(await makeMember(db.owner, workspaceId, "agent"));
  for (const agent of agents) await be(agent, "available");
});

async function be({ workspaceId, membershipId }: Member, presence: string): Promise<void> {
  await db.owner`
    insert into agents (workspace_id, membership_id, presence) values (${workspaceId}, ${membershipId}, ${presence})
    on conflict (workspace_id, membership_id) do update set presence = excluded.presence`;
}
/** The pass is the product's own act, not a person's. */
const system = () => systemContext(admin.workspaceId);
const policy = (name: AssignmentPolicy, sticky = false) => changeAssignment(admin, { policy: name, sticky });
const can = (agent: Member | undefined, more: object) =>
  changeAgent(admin, {
    membershipId: agent?.membershipId ?? "",
    capacity: 5,
    skills: [],
    languages: [],
    ...more,
  });
let number = 0;
const ask = async (more: object = {}): Promise<string> => {
  number++;
  const phone = `98300 ${String(10_000 + number)}`;
  return (await requestCallback(admin, { phone, requestType: "policy_issue", source: "form", ...more })).id;
};
/** The place of whoever has it among the agents; -1: nobody. */
const holderOf = async (id: string): Promise<number> => {
  const [row] = await db.owner<{ assignee_id: string | null }[]>`
    select assignee_id from callback_requests where id = ${id}`;
  return agents.findIndex(({ membershipId }) => membershipId === row?.assignee_id);
};
const holders = async (ids: string[]): Promise<number[]> => {
  const found = [];
  for (const id of ids) found.push(await holderOf(id));
  return found;
};
const some = async (count: number): Promise<string[]> => {
  const ids = [];
  for (let n = 0; n < count; n++) {
    await day.go(1);
    ids.push(await ask());
  }
  return ids;
};

describe("what waits", () => {
  test("stays for whoever takes it while people give out", async () => {
    const id = await ask();
    expect((await assignEverywhere()).given).toBe(0);
    expect(await holderOf(id)).toBe(-1);
  });

  test("goes in turn: each in the order in which they were last given one, over several passes", async () => {
    await policy("round_robin");
    const ids = await some(4);
    expect((await assignEverywhere()).given).toBe(4);
    const more = await some(2);
    await assignWaiting(system());
    expect(await holders([...ids, ...more])).toEqual([0, 1, 2, 0, 1, 2]);
    const [line] = await db.owner<{ detail: object }[]>`
      select detail from callback_activities where callback_id = ${ids[0] ?? ""} and kind = 'assigned'`;
    expect(line?.detail).toEqual({ by: "round_robin" });
  });

  test("goes to the least loaded, as far as there is room, and the rest waits on; two passes at once give nothing twice", async () => {
    await policy("least_loaded");
    await can(agents[1], { capacity: 1 });
    await can(agents[2], { capacity: 2 });
    const given = await ask();
    await assignCallback(admin, { callbackId: given, membershipId: agents[0]?.membershipId ?? null });
    await can(agents[0], { capacity: 2 });
    const ids = await some(6);
    await Promise.all([assignWaiting(system()), assignWaiting(system())]);
    await assignWaiting(system());
    // The first two go to those without any, the next to the one of capacity 2 or the first, then nobody has room.
    const found = await holders(ids);
    expect(found.slice(4)).toEqual([-1, -1]);
    expect(found.slice(0, 4).toSorted()).toEqual([0, 1, 2, 2]);
    expect(found.slice(0, 2).toSorted()).toEqual([1, 2]);
  });

  test("goes to specialists first, in their languages; generalists take what is left", async () => {
    await policy("skills");
    await can(agents[1], { skills: ["policy_issue"] });
    await can(agents[2], { skills: ["policy_issue"], languages: ["ta"] });
    const ids = [
      await ask({ language: "ta" }),
      await ask({ language: "hi" }),
      await ask({ requestType: "feedback" }),
    ];
    await assignWaiting(system());
    expect(await holders(ids)).toEqual([2, 1, 0]);
  });

  test("goes back to whoever talked with the customer last, and by the policy when they have no room or are away", async () => {
    await policy("least_loaded", true);
    const phone = "98400 00001";
    const first = await ask({ phone });
    await assignCallback(admin, { callbackId: first, membershipId: agents[2]?.membershipId ?? null });
    const known = agents[2];
    if (!known) throw new Error("no agent");
    const claim = await claimNextCallback(known);
    if (!claim) throw new Error("nothing waits");
    const hold = { callbackId: claim.callbackId, generation: claim.generation };
    const { attemptId } = await beginAttempt(known, { ...hold, via: "tel" });
    await recordOutcome(known, { ...hold, attemptId, outcome: "connected" });
    await completeCallback(known, hold);
    const again = await ask({ phone });
    await assignWaiting(system());
    expect(await holderOf(again)).toBe(2);
    await be(known, "break");
    const other = await ask({ phone, requestType: "feedback" });
    await assignWaiting(system());
    expect(await holderOf(other)).toBe(0);
  });

  test("comes back from whoever went offline, unless a person gave it to them", async () => {
    await policy("round_robin");
    const [auto, byHand] = [await ask(), await ask()];
    await assignCallback(admin, { callbackId: byHand, membershipId: agents[0]?.membershipId ?? null });
    for (const agent of agents.slice(1)) await be(agent, "offline");
    await assignWaiting(system());
    expect(await holders([auto, byHand])).toEqual([0, 0]);
    for (const agent of agents.slice(0, 2)) await be(agent, agent === agents[0] ? "offline" : "available");
    await assignWaiting(system());
    expect(await holders([auto, byHand])).toEqual([1, 0]);
  });

  test("waits for its time", async () => {
    await policy("round_robin");
    const start = new Date(BEGIN + 3_600_000);
    const id = await ask({ slot: { start, end: new Date(start.getTime() + 3_600_000) } });
    expect(await assignWaiting(system())).toBe(0);
    expect(await holderOf(id)).toBe(-1);
  });
});

describe("the pass over all workspaces", () => {
  const listed = async (most: number, after: string) =>
    (
      await db.owner<{ id: string }[]>`
        select workspace_id as id from workspaces_with_callbacks_to_assign(${most}, ${after})`
    ).map(({ id }) => id);
  const BEFORE_ALL = "00000000-0000-0000-0000-000000000000";

  test("comes to the one behind a hundred in which nothing can be given now, and begins anew after the last", async () => {
    const ids: string[] = [];
    for (let n = 0; n < 100; n++) {
      const workspaceId = await makeWorkspace(db.owner);
      ids.push(workspaceId);
      const agent = await makeMember(db.owner, workspaceId, "agent");
      await be(agent, "available");
      await requestCallback(agent, { phone: "98300 99999", requestType: "policy_issue", source: "form" });
    }
    // Each with somebody at work who has no room left.
    await db.owner`update agents set capacity = 0 where workspace_id in ${db.owner(ids)}`;
    await db.owner`update workspaces set assignment_policy = 'round_robin' where id in ${db.owner(ids)}`;
    const workspaceId = await makeWorkspace(db.owner);
    admin = await makeMember(db.owner, workspaceId, "admin");
    agents = [await makeMember(db.owner, workspaceId, "agent")];
    for (const agent of agents) await be(agent, "available");
    await policy("round_robin");
    const id = await ask();
    const first = await assignEverywhere(null);
    expect(first).toEqual({ given: 0, after: ids.at(-1) });
    expect(await assignEverywhere(first.after)).toMatchObject({ given: 1 });
    expect(await holderOf(id)).not.toBe(-1);
    expect(await listed(2, ids[98] ?? "")).toEqual([ids[99], ids[0]]);
  });

  test("asks for nothing that cannot be given or taken back", async () => {
    await policy("round_robin");
    const id = await ask();
    expect(await listed(10, BEFORE_ALL)).toContain(admin.workspaceId);
    for (const agent of agents) await be(agent, "offline");
    expect(await listed(10, BEFORE_ALL)).not.toContain(admin.workspaceId);
    for (const agent of agents) await be(agent, "available");
    await assignWaiting(system());
    expect(await listed(10, BEFORE_ALL)).not.toContain(admin.workspaceId);
    const holder = agents[await holderOf(id)];
    if (holder) await be(holder, "offline");
    expect(await listed(10, BEFORE_ALL)).toContain(admin.workspaceId);
  });
});
