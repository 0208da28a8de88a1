import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeMember, makeWorkspace } from "@/db/testing/factories";
import { env } from "@/env";
import { recordOutcome } from "@/server/callbacks/attempt";
import { getCallback } from "@/server/callbacks/get";
import { readDesk } from "@/server/callbacks/presence";
import { takeCallback } from "@/server/callbacks/take";
import { ask, BEGIN, fixedDay } from "@/server/callbacks/testing/fixed-day";
import { saveAccount } from "@/server/telephony/accounts/save-account";
import { closeTelephonyAdapters } from "@/server/telephony/adapters";
import { ExotelFake, exotelSettings } from "@/server/telephony/exotel/testing/fake";
import { saveLine } from "@/server/telephony/line";
import { changeRules } from "@/server/telephony/rules";
import { TwilioVoiceFake, twilioVoiceSettings } from "@/server/telephony/twilio/testing/fake";
import { askAboutCall, sweepCalls } from "./ask";
import { readCallDesk } from "./desk";
import { hearReceipts } from "./hear-receipts";
import { setOwnPhone } from "./own-phone";
import { startCall } from "./start";
import { openCallDoor } from "./testing/door";

const db = await testDatabase();
const day = fixedDay(db);
const CUSTOMER = "+919820000001";
const AGENT = "+919812300000";

const providers = [
  { provider: "exotel", fake: new ExotelFake(), settings: exotelSettings },
  { provider: "twilio", fake: new TwilioVoiceFake(), settings: twilioVoiceSettings },
] as const;

describe.each(providers)("the bridge of $provider", ({ provider, fake, settings }) => {
  let door: Awaited<ReturnType<typeof openCallDoor>>;
  let agent: Awaited<ReturnType<typeof makeMember>>;
  let lead: typeof agent;
  let workspaceId: string;
  let accountId: string;
  let callbackId: string;
  let generation: number;

  beforeAll(async () => {
    await fake.start();
    door = await openCallDoor();
    Object.assign(env, { EXOTEL_API_URL: fake.url, TWILIO_API_URL: fake.url });
    fake.now = () => new Date(BEGIN + day.seconds() * 1_000);
  });
  afterAll(async () => {
    await closeTelephonyAdapters();
    await Promise.all([fake.stop(), door.close()]);
  });

  beforeEach(async () => {
    await day.begin();
    fake.faults.clear();
    fake.dialled.length = 0;
    fake.calls.length = 0;
    workspaceId = await makeWorkspace(db.owner);
    lead = await makeMember(db.owner, workspaceId, "admin");
    agent = await makeMember(db.owner, workspaceId, "agent");
    const { config, secrets } = settings;
    ({ accountId } = await saveAccount(lead, { accountId: null, name: "Main", provider, config, secrets }));
    await saveLine(lead, { purpose: "service", number: "1600 123 456", accountId });
    await setOwnPhone(agent, { phone: AGENT });
    fake.door = `${door.url}/api/webhooks/calls/${accountId}`;
    callbackId = await ask(lead);
    ({ generation } = await takeCallback(agent, { callbackId }));
  });

  const start = () => startCall(agent, { callbackId, generation });
  const heard = async () => {
    while (await hearReceipts());
  };
  const callOf = async (callId: string) => {
    const [row] = await db.owner`select * from calls where id = ${callId}`;
    return row ?? {};
  };
  const attempt = async () => {
    const [row] =
      await db.owner`select * from callback_attempts where callback_id = ${callbackId} order by started_at desc`;
    return row ?? {};
  };
  const tell = async (
    ...turns: Parameters<typeof fake.tell> extends [string, ...infer Rest] ? Rest : never
  ) => {
    await fake.tell(CUSTOMER, ...turns);
    await heard();
  };
  const clock = async (metric: string) => {
    const [row] =
      await db.owner`select * from sla_clocks where callback_id = ${callbackId} and metric = ${metric}`;
    return row ?? {};
  };

  test("a talk counts from the dial to the hang-up, and wrap-up begins by itself", async () => {
    const { callId } = await start();
    expect(await callOf(callId)).toMatchObject({ state: "agent_ringing", line: "+911600123456", provider });
    expect(await clock("first_attempt")).toMatchObject({ status: "stopped" });
    expect(await clock("first_contact")).toMatchObject({ status: "running" });
    expect((await readDesk(agent)).presence).toBe("on_call");
    await day.go(8);
    await tell("agent_ringing", "agent_answered", "customer_ringing", "customer_answered");
    expect(await callOf(callId)).toMatchObject({ state: "connected", customer_leg: "answered" });
    expect(await clock("first_contact")).toMatchObject({ status: "stopped" });
    await day.go(60);
    for (const post of fake.play(CUSTOMER, "hung_up", { seconds: 60 })) await post();
    await heard();
    expect(await callOf(callId)).toMatchObject({ state: "ended", result: "connected", talk_seconds: 60 });
    expect(await askAboutCall(lead, callId)).toEqual({ done: true });
    expect(await attempt()).toMatchObject({
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
    const { id: attemptId } = await attempt();
    const after = await recordOutcome(agent, { callbackId, generation, attemptId, outcome });
    expect(after.next).toBe("again");
    expect(await clock("first_contact")).toMatchObject({ status: "paused" });
  });

  test("an agent who does not pick up costs the customer no try, and may call again at once", async () => {
    const { callId } = await start();
    await tell("agent_ringing", "agent_no_answer");
    expect(await callOf(callId)).toMatchObject({ state: "ended", result: "agent_not_answered" });
    expect(await attempt()).toMatchObject({ outcome: "failed", state: "failed" });
    expect(fake.dialled).toEqual([]);
    await start();
    await tell("agent_answered", "customer_ringing", "customer_no_answer");
    const { id: attemptId } = await attempt();
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
      expect(await attempt()).toMatchObject({ outcome: "failed", state: "failed" });
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
      expect(await attempt()).toMatchObject({ outcome: "connected", talk_seconds: 30 });
    },
  );

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
      const { outcome, talk_seconds: talk, recording_url: link } = await attempt();
      const told = [state, result, agent_leg, customer_leg, talk_seconds, recording_url, outcome, talk, link];
      const [{ talks } = {}] = await db.owner`
        select count(*)::int as talks from callback_activities where callback_id = ${callbackId} and kind = 'connected'
          and detail->>'attemptId' = ${(await attempt()).id}`;
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

  test("one live call for a number in the whole workspace, whoever asks at once", async () => {
    const settled = await Promise.allSettled(Array.from({ length: 8 }, start));
    expect(settled.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(fake.calls).toHaveLength(1);
    // Its agent's claim ends while the talk goes on: whoever takes the request next cannot ring the customer again.
    await tell("agent_answered", "customer_ringing", "customer_answered");
    await again();
    const other = await makeMember(db.owner, workspaceId, "agent");
    await setOwnPhone(other, { phone: "+919812300001" });
    await db.owner`update callback_attempts set state = 'unknown', ended_at = clock_now() where callback_id = ${callbackId}`;
    await db.owner`delete from callback_holds where workspace_id = ${workspaceId}`;
    await db.owner`update callback_requests set status = 'pending' where id = ${callbackId}`;
    const claim = await takeCallback(other, { callbackId });
    await expect(startCall(other, { ...claim, callbackId })).rejects.toMatchObject({
      details: { code: "call_under_way" },
    });
    await tell("hung_up");
    expect(await attempt()).toMatchObject({ outcome: "connected" });
  });

  test("outside the legal hours nobody is called, and the sentence says when they open", async () => {
    await day.go(11 * 3_600 + 1);
    ({ generation } = await again());
    await expect(start()).rejects.toMatchObject({
      message: expect.stringMatching(/open at Tue, 18 Aug.*09:00 \(Asia\/Kolkata\)/),
      details: { code: "outside_dial_window", nextAt: "2026-08-18T03:30:00.000Z" },
    });
    expect(fake.calls).toEqual([]);
  });

  test("a regulated insurer calls from the line of the topic’s purpose, and in no other way", async () => {
    await changeRules(lead, { regulated: true, record: true });
    const desk = await readCallDesk(agent, { callbackId });
    expect(desk).toMatchObject({ handOff: { open: false }, line: { number: "+911600123456" } });
    const { callId } = await start();
    expect(await callOf(callId)).toMatchObject({ line: "+911600123456", purpose: "service" });
    await tell("agent_no_answer");
    await db.owner`insert into telephony_topics (workspace_id, request_type, purpose, script)
      values (${workspaceId}, 'policy_issue', 'promotional', 'This call is recorded.')`;
    expect(await readCallDesk(agent, { callbackId })).toMatchObject({
      line: null,
      script: "This call is recorded.",
      sentence: expect.stringMatching(/No 140 line/),
    });
    await expect(start()).rejects.toMatchObject({ details: { code: "no_line" } });
    await saveLine(lead, { purpose: "promotional", number: "140 123 4567", accountId });
    expect(await callOf((await start()).callId)).toMatchObject({
      line: "+911401234567",
      purpose: "promotional",
    });
  });

  test("an account begins no more calls a minute than it may", async () => {
    // Secrets that stay empty stay as they are, and so does the rate where it is left out.
    const same = { accountId, name: "Main", provider, config: settings.config, secrets: {} };
    await saveAccount(lead, { ...same, callsPerMinute: 1 });
    await saveAccount(lead, same);
    await start();
    await tell("agent_no_answer");
    await expect(start()).rejects.toMatchObject({ code: "LIMIT_EXCEEDED" });
    await day.go(120);
    ({ generation } = await again());
    await start();
  });
});
