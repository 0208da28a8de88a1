import { beforeEach, describe, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeMember, makeWorkspace } from "@/db/testing/factories";
import { withTransaction } from "@/db/transaction";
import { claimNextCallback } from "./claim-next";
import { claimTogether } from "./claims";
import { keepClaim, releaseClaim, requireHold } from "./hold";
import { letGoEverywhere } from "./let-go-ended";
import { requestCallback } from "./request";
import { makeRequests } from "./testing/requests";

const db = await testDatabase();
type Agent = Awaited<ReturnType<typeof makeMember>>;
let workspaceId: string;

const agents = (count: number): Promise<Agent[]> =>
  Promise.all(Array.from({ length: count }, () => makeMember(db.owner, workspaceId, "agent")));
const agent = async (): Promise<Agent> => makeMember(db.owner, workspaceId, "agent");

beforeEach(async () => {
  workspaceId = await makeWorkspace(db.owner);
  await db.moveClock("0 seconds");
});

describe("fifty agents on two hundred requests", () => {
  test("a hundred times: nobody gets one twice, none is lost, each has at most one", {
    timeout: 180_000,
  }, async () => {
    const team = await agents(50);
    await makeRequests(db.owner, workspaceId, 200);
    for (let round = 0; round < 100; round++) {
      const given: string[] = [];
      // Four processes would ask like this: none of the four knows of the others.
      for (let turn = 0; turn < 4; turn++) {
        const groups = [0, 1, 2, 3].map((part) =>
          team.filter((_, index) => index % 4 === part).map(({ membershipId }) => membershipId),
        );
        const claims = await Promise.all(groups.map((group) => claimTogether(workspaceId, group)));
        for (const claim of claims) given.push(...[...claim.values()].map(({ callbackId }) => callbackId));
        const [held] = await db.owner<
          { agents: number; n: number }[]
        >`select count(distinct membership_id)::int as agents, count(*)::int as n from callback_holds where workspace_id = ${workspaceId}`;
        expect(held).toEqual({ agents: 50, n: 50 });
        await db.owner`delete from callback_holds where workspace_id = ${workspaceId}`;
      }
      expect(new Set(given).size).toBe(200);
      expect(given.length).toBe(200);
      await db.owner`update callback_requests set status = 'pending' where workspace_id = ${workspaceId}`;
    }
  });
});

describe("the queue", () => {
  const ask = (requestType: string, phone: string, more: object = {}) =>
    requestCallback({ ...system(), role: "supervisor" }, { requestType, phone, source: "api", ...more });
  const system = () => ({
    workspaceId,
    actor: { kind: "system" as const, id: null },
    role: null,
    isApprover: false,
    membershipId: null,
    requestId: null,
    userId: null,
  });
  const next = async () => (await claimNextCallback(await agent()))?.phone ?? null;

  test("gives the most urgent first, and an open slot that was promised before all of them", async () => {
    await ask("suggestion", "98200 00001");
    await ask("policy_issue", "98200 00002");
    const [start, end] = [new Date(Date.now() + 3_600_000), new Date(Date.now() + 7_200_000)];
    await ask("feedback", "98200 00003", { slot: { start, end } });
    expect(await next()).toBe("+919820000002");
    await db.owner`update callback_requests set status = 'completed' where phone = '+919820000002'`;
    await db.owner`delete from callback_holds where workspace_id = ${workspaceId}`;
    await db.moveClock("90 minutes");
    expect([await next(), await next(), await next()]).toEqual(["+919820000003", "+919820000001", null]);
  });

  test("lets an old small request pass a newer weighty one: nothing starves", async () => {
    await ask("suggestion", "98200 00001");
    await db.moveClock("11 days");
    await ask("policy_issue", "98200 00002");
    expect(await next()).toBe("+919820000001");
  });

  test("holds the other requests of a number while one of them is in somebody's hands", async () => {
    await ask("policy_issue", "98200 00001");
    await ask("claim_assistance", "+91 98200-00001");
    const first = await agent();
    const claim = await claimNextCallback(first);
    expect(claim?.phone).toBe("+919820000001");
    expect(await next()).toBeNull();
    await releaseClaim(first, { callbackId: claim?.callbackId ?? "", generation: claim?.generation ?? 0 });
    expect(await next()).toBe("+919820000001");
  });

  test("gives a request that is assigned to its agent only, and what needs a skill to who has it", async () => {
    const [mine, other] = await agents(2);
    if (!mine || !other) throw new Error("two agents");
    await ask("policy_issue", "98200 00001");
    await db.owner`update callback_requests set status = 'assigned', assignee_id = ${mine.membershipId} where workspace_id = ${workspaceId}`;
    expect(await claimNextCallback(other)).toBeNull();
    expect((await claimNextCallback(mine))?.phone).toBe("+919820000001");
    await ask("claim_assistance", "98200 00002");
    await db.owner`insert into agents (workspace_id, membership_id, skills) values (${workspaceId}, ${other.membershipId}, '{feedback}')
      on conflict (workspace_id, membership_id) do update set skills = excluded.skills`;
    expect(await claimNextCallback(other)).toBeNull();
    expect(await next()).toBe("+919820000002");
  });
});

describe("a claim", () => {
  const claimed = async () => {
    await makeRequests(db.owner, workspaceId, 2);
    const holder = await agent();
    const claim = await claimNextCallback(holder);
    if (!claim) throw new Error("there is one");
    return { holder, hold: { callbackId: claim.callbackId, generation: claim.generation } };
  };

  test("is the same one when its holder asks again, also twice at once", async () => {
    const { holder, hold } = await claimed();
    const again = await Promise.all([
      claimNextCallback(holder),
      claimTogether(workspaceId, [holder.membershipId]),
    ]);
    expect(again[0]?.callbackId).toBe(hold.callbackId);
    expect([...again[1].values()][0]?.generation).toBe(hold.generation);
  });

  test("of a closed browser ends: the request comes back with a line in its log, and late writes are refused", async () => {
    const { holder, hold } = await claimed();
    await db.moveClock("61 seconds");
    await letGoEverywhere();
    const [row] = await db.owner`select status from callback_requests where id = ${hold.callbackId}`;
    expect(row?.status).toBe("pending");
    const log =
      await db.owner`select kind from callback_activities where callback_id = ${hold.callbackId} order by at`;
    expect(log.map(({ kind }) => kind)).toEqual(["claimed", "claim_ended"]);
    const other = await agent();
    expect((await claimNextCallback(other))?.callbackId).toBe(hold.callbackId);
    const late = withTransaction(holder, (tx) => requireHold(tx, holder, hold));
    await expect(late).rejects.toMatchObject({ code: "CONFLICT", details: { code: "claim_ended" } });
  });

  test("bears one moment of the database's clock: in the hold, the request and its log", async () => {
    await db.moveClock("3 days");
    const { hold } = await claimed();
    const [moments] = await db.owner`
      select h.claimed_at = r.updated_at and a.at = r.updated_at as same, h.until - h.claimed_at = interval '1 minute' as minute,
        h.claimed_at > now() + interval '2 days' as moved
      from callback_holds h join callback_requests r on r.id = h.callback_id
      join callback_activities a on a.callback_id = r.id where r.id = ${hold.callbackId}`;
    expect(moments).toEqual({ same: true, minute: true, moved: true });
  });

  test("is taken over at its end without waiting for the sweep, and kept by a heartbeat", async () => {
    const { holder, hold } = await claimed();
    await db.moveClock("50 seconds");
    await keepClaim(holder, hold);
    await db.moveClock("100 seconds");
    await keepClaim(holder, hold);
    await db.moveClock("161 seconds");
    const next = await claimNextCallback(await agent());
    expect(next?.callbackId).toBe(hold.callbackId);
    await expect(keepClaim(holder, hold)).rejects.toMatchObject({ details: { code: "claim_ended" } });
  });

  test("is not for a marketer", async () => {
    const marketer = await makeMember(db.owner, workspaceId, "marketer");
    await expect(claimNextCallback(marketer)).rejects.toMatchObject({ code: "FORBIDDEN" });
  });
});
