import { beforeEach, describe, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { recordOutcome } from "@/server/callbacks/attempt";
import { getCallback } from "@/server/callbacks/get";
import { readDesk } from "@/server/callbacks/presence";
import { takeCallback } from "@/server/callbacks/take";
import { BEGIN } from "@/server/callbacks/testing/fixed-day";
import { changeRules } from "@/server/telephony/rules";
import { askAboutCall, sweepCalls } from "./ask";
import { readCallDesk } from "./desk";
import { startCall } from "./start";
import { CUSTOMER, callStand, providers } from "./testing/stand";

const db = await testDatabase();

describe.each(providers)("the bridge of $provider", (row) => {
  const { provider, fake, settings } = row;
  const { day, claim, heard, tell, callOf, attemptOf, clockOf } = callStand(db, row);
  type Claim = Awaited<ReturnType<typeof claim>>;
  let workspaceId: Claim["workspaceId"];
  let lead: Claim["lead"];
  let agent: Claim["agent"];
  let accountId: Claim["accountId"];
  let callbackId: Claim["callbackId"];
  let generation: Claim["generation"];

  beforeEach(async () => {
    ({ workspaceId, lead, agent, accountId, callbackId, generation } = await claim());
  });

  const start = () => startCall(agent, { callbackId, generation });

  test("a talk counts from the dial to the hang-up, and wrap-up begins by itself", async () => {
    const { callId } = await start();
    expect(await callOf(callId)).toMatchObject({ state: "agent_ringing", line: "+911600123456", provider });
    expect(await clockOf(callbackId, "first_attempt")).toMatchObject({ status: "stopped" });
    expect(await clockOf(callbackId, "first_contact")).toMatchObject({ status: "running" });
    expect((await readDesk(agent)).presence).toBe("on_call");
    await day.go(8);
    await tell("agent_ringing", "agent_answered", "customer_ringing", "customer_answered");
    expect(await callOf(callId)).toMatchObject({ state: "connected", customer_leg: "answered" });
    expect(await clockOf(callbackId, "first_contact")).toMatchObject({ status: "stopped" });
    await day.go(60);
    for (const post of fake.play(CUSTOMER, "hung_up", { seconds: 60 })) await post();
    await heard();
    expect(await callOf(callId)).toMatchObject({ state: "ended", result: "connected", talk_seconds: 60 });
    expect(await askAboutCall(lead, callId)).toEqual({ done: true });
    expect(await attemptOf(callbackId)).toMatchObject({
      outcome: "connected",
      via: provider,
      talk_seconds: 60,
      self_reported: false,
    });
    expect((await readDesk(agent)).presence).toBe("wrap_up");
    expect(await getCallback(agent, { callbackId })).toMatchObject({ hold: { generation } });
    expect(fake.complaints).toEqual([]);
  });

  test.each([
    ["customer_busy", "busy", "busy"],
    ["customer_no_answer", "no_answer", "no_answer"],
    ["customer_failed", "failed", "switched_off"],
  ] as const)("%s is a suggestion that the agent confirms", async (turn, result, outcome) => {
    const { callId } = await start();
    await tell("agent_answered", "customer_ringing", turn);
    expect(await callOf(callId)).toMatchObject({ state: "ended", result, connected_at: null });
    const { call } = await readCallDesk(agent, { callbackId });
    expect(call).toMatchObject({ suggested: outcome, result });
    const { id: attemptId } = await attemptOf(callbackId);
    const after = await recordOutcome(agent, { callbackId, generation, attemptId, outcome });
    expect(after.next).toBe("again");
    expect(await clockOf(callbackId, "first_contact")).toMatchObject({ status: "paused" });
  });

  test("an agent who does not pick up costs the customer no try, and may call again at once", async () => {
    const { callId } = await start();
    await tell("agent_ringing", "agent_no_answer");
    expect(await callOf(callId)).toMatchObject({ state: "ended", result: "agent_not_answered" });
    expect(await attemptOf(callbackId)).toMatchObject({ outcome: "failed", state: "failed" });
    expect(fake.dialled).toEqual([]);
    await start();
    await tell("agent_answered", "customer_ringing", "customer_no_answer");
    const { id: attemptId } = await attemptOf(callbackId);
    const after = await recordOutcome(agent, { callbackId, generation, attemptId, outcome: "no_answer" });
    // The first real try: again after one hour, not after three.
    expect(after.next === "again" && after.at.getTime() < BEGIN + 2 * 3_600_000).toBe(true);
  });

  test.each([
    ["throttled", /takes no more calls this minute/, "active"],
    ["refused", /Nobody was called/, "active"],
    ["bad_credentials", /refused the credentials/, "paused"],
  ] as const)(
    "a refusal (%s) is told to the agent, and nobody was called",
    async (fault, sentence, status) => {
      fake.faults.set(CUSTOMER, fault);
      const { callId } = await start();
      const row = await callOf(callId);
      expect(row).toMatchObject({
        state: "ended",
        result: "not_placed",
        sentence: expect.stringMatching(sentence),
      });
      for (const secret of [...Object.values(settings.secrets), CUSTOMER])
        expect(row.sentence).not.toContain(secret);
      expect(await db.owner`select status from telephony_accounts where id = ${accountId}`).toEqual([
        { status },
      ]);
      expect(await attemptOf(callbackId)).toMatchObject({ outcome: "failed", state: "failed" });
    },
  );

  test.each(["lost", "html_500"] as const)(
    "a lost answer (%s) is asked for, and never dialled again",
    async (fault) => {
      fake.faults.set(CUSTOMER, fault);
      const { callId } = await start();
      expect(await callOf(callId)).toMatchObject({ state: "unknown", provider_call_id: null });
      await expect(start()).rejects.toMatchObject({ details: { code: "call_under_way" } });
      expect(await askAboutCall(agent, callId)).toMatchObject({ done: false });
      await day.go(90);
      await askAboutCall(agent, callId);
      expect(await callOf(callId)).toMatchObject({
        state: "agent_ringing",
        provider_call_id: fake.calls[0]?.sid,
      });
      expect(fake.calls).toHaveLength(1);
      fake.play(CUSTOMER, "agent_answered");
      fake.play(CUSTOMER, "customer_ringing");
      fake.play(CUSTOMER, "customer_answered");
      fake.play(CUSTOMER, "hung_up", { seconds: 30 });
      await day.go(100);
      await sweepCalls();
      expect(await callOf(callId)).toMatchObject({ state: "ended", result: "connected", talk_seconds: 30 });
      expect(await attemptOf(callbackId)).toMatchObject({ outcome: "connected", talk_seconds: 30 });
    },
  );

  test("a call that cannot be asked about keeps no other from its question, and waits for its next", async () => {
    const { callId } = await start();
    const [{ id: broken } = { id: "" }] = await db.owner<{ id: string }[]>`
      select account_id as id from calls where id = ${callId}`;
    await db.owner`update calls set ask_at = clock_now() where id = ${callId}`;
    await db.owner`update telephony_accounts set encrypted_secrets = 'of another installation' where id = ${broken}`;
    await day.go(90);
    expect(await sweepCalls()).toBe(false);
    const [later] = await db.owner`select ask_at > clock_now() as later from calls where id = ${callId}`;
    expect(later?.later).toBe(true);
  });

  test("a process that dies before it asked: the provider has no such call, and the agent may call again", async () => {
    const { callId } = await start();
    fake.calls.length = 0;
    await db.owner`update calls set state = 'intended', provider_call_id = null, agent_leg = 'none',
      ask_at = clock_now() + interval '45 seconds' where id = ${callId}`;
    await day.go(90);
    expect(await askAboutCall(agent, callId)).toEqual({ done: true });
    expect(await callOf(callId)).toMatchObject({ state: "ended", result: "not_placed" });
    await start();
    expect(fake.calls).toHaveLength(1);
  });

  test("webhooks that come late, twice and in any order lead to the same call", async () => {
    await changeRules(lead, { regulated: false, record: true });
    const runs = async (order: (posts: (() => Promise<number>)[]) => (() => Promise<number>)[]) => {
      const { callId } = await start();
      const posts = (
        ["agent_ringing", "agent_answered", "customer_ringing", "customer_answered"] as const
      ).flatMap((turn) => fake.play(CUSTOMER, turn));
      await day.go(90);
      const recording = "https://recordings.example.com/abc.mp3";
      posts.push(...fake.play(CUSTOMER, "hung_up", { seconds: 40, recording }));
      for (const post of order(posts)) expect(await post()).toBe(204);
      await heard();
      const { state, result, agent_leg, customer_leg, talk_seconds, recording_url } = await callOf(callId);
      const { outcome, talk_seconds: talk, recording_url: link } = await attemptOf(callbackId);
      const told = [state, result, agent_leg, customer_leg, talk_seconds, recording_url, outcome, talk, link];
      const [{ talks } = {}] = await db.owner`
        select count(*)::int as talks from callback_activities where callback_id = ${callbackId} and kind = 'connected'
          and detail->>'attemptId' = ${(await attemptOf(callbackId)).id}`;
      expect(talks).toBe(1);
      await day.go(3_600);
      return told;
    };
    const inOrder = await runs((posts) => posts);
    expect(inOrder).toEqual([
      ...["ended", "connected", "completed", "completed", 40],
      ...[
        "https://recordings.example.com/abc.mp3",
        "connected",
        40,
        "https://recordings.example.com/abc.mp3",
      ],
    ]);
    ({ generation } = await again());
    expect(await runs((posts) => posts.toReversed())).toEqual(inOrder);
    ({ generation } = await again());
    expect(await runs((posts) => [...posts, ...posts.toReversed(), ...posts])).toEqual(inOrder);
  });

  /** The claim lasted no longer than the pause between the runs. */
  const again = async () => {
    await db.owner`delete from callback_holds where workspace_id = ${workspaceId}`;
    await db.owner`update callback_requests set status = 'pending', not_before = clock_now() where id = ${callbackId}`;
    return takeCallback(agent, { callbackId });
  };

  test("nobody else’s word is believed", async () => {
    await start();
    const [post] = fake.play(CUSTOMER, "agent_answered");
    const { door: theirs } = fake;
    fake.door = `${theirs}?`;
    const forged = await fetch(`${theirs}?call=${newestCall()}&leg=agent&key=wrong`, {
      method: "POST",
      body: "CallSid=CA1&CallStatus=completed",
    });
    expect(forged.status).toBe(404);
    fake.door = theirs;
    expect(await post?.()).toBe(204);
    expect(
      await db.owner`select count(*)::int as n from webhook_receipts where account_id = ${accountId}`,
    ).toEqual([{ n: 1 }]);
  });
  const newestCall = () => "00000000-0000-7000-8000-000000000000";
});
