import { beforeEach, describe, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeMember } from "@/db/testing/factories";
import { claimNextCallback } from "@/server/callbacks/claim-next";
import { letGoEverywhere } from "@/server/callbacks/let-go-ended";
import { takeCallback } from "@/server/callbacks/take";
import { ask, BEGIN } from "@/server/callbacks/testing/fixed-day";
import { startCall } from "./start";
import { callStand, providers } from "./testing/stand";

const db = await testDatabase();

describe.each(providers)("a claim that ends during a call by $provider", (row) => {
  const { fake } = row;
  const { day, claim, tell, attemptOf, clockOf } = callStand(db, row);
  type Claim = Awaited<ReturnType<typeof claim>>;
  let workspaceId: Claim["workspaceId"];
  let lead: Claim["lead"];
  let agent: Claim["agent"];
  let callbackId: Claim["callbackId"];
  let generation: Claim["generation"];

  beforeEach(async () => {
    ({ workspaceId, lead, agent, callbackId, generation } = await claim());
    await start();
  });

  const start = () => startCall(agent, { callbackId, generation });
  /** The browser is gone for longer than a claim lasts; two workers look at once. */
  const end = async () => {
    await day.go(31 * 60);
    await Promise.all([letGoEverywhere(), letGoEverywhere()]);
  };

  test.each([
    // Busy: again five minutes after the end, long ago. No answer: one hour after it.
    ["customer_busy", "busy", 31],
    ["customer_no_answer", "no_answer", 60],
  ] as const)(
    "%s that nobody confirms is settled by what the line told when the claim ends",
    async (turn, outcome, minutes) => {
      await tell("agent_answered", "customer_ringing", turn);
      expect(await attemptOf(callbackId)).toMatchObject({ outcome: null });
      await end();
      expect(await attemptOf(callbackId)).toMatchObject({ outcome, state: "ended" });
      const [row] = await db.owner`select status, not_before from callback_requests where id = ${callbackId}`;
      expect(row?.status).toBe("pending");
      expect(Math.round((row?.not_before.getTime() - BEGIN) / 60_000)).toBe(minutes);
      const log = await db.owner`
      select detail->>'outcome' as outcome from callback_activities where callback_id = ${callbackId} and kind = 'not_reached'`;
      expect(log).toEqual([{ outcome }]);
      expect(await db.owner`select 1 from callback_holds where workspace_id = ${workspaceId}`).toEqual([]);
    },
  );

  test("a talk that outlasts the claim is nobody’s miss, and the request comes back to be finished", async () => {
    await tell("agent_answered", "customer_ringing", "customer_answered");
    await end();
    expect(await clockOf(callbackId, "first_contact")).toMatchObject({ status: "stopped" });
    expect(await clockOf(callbackId, "resolution")).toMatchObject({ status: "running" });
    await tell("hung_up");
    expect(await attemptOf(callbackId)).toMatchObject({ outcome: "connected" });
    ({ generation } = await takeCallback(agent, { callbackId }));
    const log =
      await db.owner`select kind from callback_activities where callback_id = ${callbackId} and kind = 'not_reached'`;
    expect(log).toEqual([]);
  });

  test("a call of which nothing is known is not made again within the hour, and its late report still settles it", async () => {
    await end();
    expect(await attemptOf(callbackId)).toMatchObject({ outcome: null, state: "unknown" });
    ({ generation } = await takeCallback(agent, { callbackId }));
    await expect(start()).rejects.toMatchObject({ details: { code: "not_yet" } });
    await tell("agent_answered", "customer_ringing", "customer_no_answer");
    expect(await attemptOf(callbackId)).toMatchObject({ outcome: "no_answer", state: "ended" });
    expect(fake.calls).toHaveLength(1);
  });

  test("stands in nobody’s way, though no sweep has looked at it", async () => {
    const other = await makeMember(db.owner, workspaceId, "agent");
    const same = await ask(lead, { requestType: "feedback" });
    await day.go(31 * 60);
    // The number's other request for a colleague; then, for the agent of the call, whatever comes next.
    expect((await claimNextCallback(other))?.callbackId).toBe(same);
    const next = await ask(lead, { phone: "98200 00002" });
    expect((await claimNextCallback(agent))?.callbackId).toBe(next);
  });
});
