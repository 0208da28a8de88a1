import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeMember, makeWorkspace } from "@/db/testing/factories";
import { env } from "@/env";
import { claimNextCallback } from "@/server/callbacks/claim-next";
import { letGoEverywhere } from "@/server/callbacks/let-go-ended";
import { takeCallback } from "@/server/callbacks/take";
import { ask, BEGIN, fixedDay } from "@/server/callbacks/testing/fixed-day";
import { saveAccount } from "@/server/telephony/accounts/save-account";
import { closeTelephonyAdapters } from "@/server/telephony/adapters";
import { ExotelFake, exotelSettings } from "@/server/telephony/exotel/testing/fake";
import { saveLine } from "@/server/telephony/line";
import type { Turn } from "@/server/telephony/testing/bridge-fake";
import { TwilioVoiceFake, twilioVoiceSettings } from "@/server/telephony/twilio/testing/fake";
import { hearReceipts } from "./hear-receipts";
import { setOwnPhone } from "./own-phone";
import { startCall } from "./start";
import { openCallDoor } from "./testing/door";

const db = await testDatabase();
const day = fixedDay(db);
const CUSTOMER = "+919820000001";

const providers = [
  { provider: "exotel", fake: new ExotelFake(), settings: exotelSettings },
  { provider: "twilio", fake: new TwilioVoiceFake(), settings: twilioVoiceSettings },
] as const;

describe.each(providers)("a claim that ends during a call by $provider", ({ provider, fake, settings }) => {
  let door: Awaited<ReturnType<typeof openCallDoor>>;
  let agent: Awaited<ReturnType<typeof makeMember>>;
  let lead: typeof agent;
  let workspaceId: string;
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
    fake.calls.length = 0;
    workspaceId = await makeWorkspace(db.owner);
    lead = await makeMember(db.owner, workspaceId, "admin");
    agent = await makeMember(db.owner, workspaceId, "agent");
    const { config, secrets } = settings;
    const { accountId } = await saveAccount(lead, {
      accountId: null,
      name: "Main",
      provider,
      config,
      secrets,
    });
    await saveLine(lead, { purpose: "service", number: "1600 123 456", accountId });
    await setOwnPhone(agent, { phone: "+919812300000" });
    fake.door = `${door.url}/api/webhooks/calls/${accountId}`;
    callbackId = await ask(lead);
    ({ generation } = await takeCallback(agent, { callbackId }));
    await start();
  });

  const start = () => startCall(agent, { callbackId, generation });
  const tell = async (...turns: Turn[]) => {
    await fake.tell(CUSTOMER, ...turns);
    while (await hearReceipts());
  };
  /** The browser is gone for longer than a claim lasts; two workers look at once. */
  const end = async () => {
    await day.go(31 * 60);
    await Promise.all([letGoEverywhere(), letGoEverywhere()]);
  };
  const attempt = async () => {
    const [row] = await db.owner`select * from callback_attempts where callback_id = ${callbackId}`;
    return row ?? {};
  };
  const clock = async (metric: string) => {
    const [row] =
      await db.owner`select * from sla_clocks where callback_id = ${callbackId} and metric = ${metric}`;
    return row ?? {};
  };

  test.each([
    // Busy: again five minutes after the end, long ago. No answer: one hour after it.
    ["customer_busy", "busy", 31],
    ["customer_no_answer", "no_answer", 60],
  ] as const)(
    "%s that nobody confirms is settled by what the line told when the claim ends",
    async (turn, outcome, minutes) => {
      await tell("agent_answered", "customer_ringing", turn);
      expect(await attempt()).toMatchObject({ outcome: null });
      await end();
      expect(await attempt()).toMatchObject({ outcome, state: "ended" });
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
    expect(await clock("first_contact")).toMatchObject({ status: "stopped" });
    expect(await clock("resolution")).toMatchObject({ status: "running" });
    await tell("hung_up");
    expect(await attempt()).toMatchObject({ outcome: "connected" });
    ({ generation } = await takeCallback(agent, { callbackId }));
    const log =
      await db.owner`select kind from callback_activities where callback_id = ${callbackId} and kind = 'not_reached'`;
    expect(log).toEqual([]);
  });

  test("a call of which nothing is known is not made again within the hour, and its late report still settles it", async () => {
    await end();
    expect(await attempt()).toMatchObject({ outcome: null, state: "unknown" });
    ({ generation } = await takeCallback(agent, { callbackId }));
    await expect(start()).rejects.toMatchObject({ details: { code: "not_yet" } });
    await tell("agent_answered", "customer_ringing", "customer_no_answer");
    expect(await attempt()).toMatchObject({ outcome: "no_answer", state: "ended" });
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
