import { afterAll, beforeAll } from "vitest";
import type { TestDatabase } from "@/db/testing/database";
import { makeMember, makeWorkspace } from "@/db/testing/factories";
import { env } from "@/env";
import { takeCallback } from "@/server/callbacks/take";
import { ask, BEGIN, fixedDay } from "@/server/callbacks/testing/fixed-day";
import type { Context } from "@/server/platform/context";
import { saveAccount } from "@/server/telephony/accounts/save-account";
import { closeTelephonyAdapters } from "@/server/telephony/adapters";
import { ExotelFake, exotelSettings } from "@/server/telephony/exotel/testing/fake";
import { saveLine } from "@/server/telephony/line";
import type { Turn } from "@/server/telephony/testing/bridge-fake";
import { TwilioVoiceFake, twilioVoiceSettings } from "@/server/telephony/twilio/testing/fake";
import { hearReceipts } from "../hear-receipts";
import { setOwnPhone } from "../own-phone";
import { openCallDoor } from "./door";

/** Whom the calls are to, and whose phone rings first. */
export const CUSTOMER = "+919820000001";
export const AGENT = "+919812300000";

/** What every suite of calls runs over, once for each. */
export const providers = [
  { provider: "exotel", fake: new ExotelFake(), settings: exotelSettings },
  { provider: "twilio", fake: new TwilioVoiceFake(), settings: twilioVoiceSettings },
] as const;

/**
 * A provider's fake, our doors in front of it and a clock on a fixed day, for the `describe` that it is called in. The fake has
 * the time of the clock.
 */
export function callStand(db: TestDatabase, { provider, fake, settings }: (typeof providers)[number]) {
  const day = fixedDay(db);
  let door: Awaited<ReturnType<typeof openCallDoor>>;

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

  /** Connects the provider for who may; returns the account's id. */
  const connect = async (lead: Context): Promise<string> => {
    const { config, secrets } = settings;
    return (await saveAccount(lead, { accountId: null, name: "Main", provider, config, secrets })).accountId;
  };

  /** A new day at a new workspace, whose account calls from a line; nothing is left of the calls before. */
  const open = async (number = "1600 123 456") => {
    await day.begin();
    fake.faults.clear();
    fake.dialled.length = 0;
    fake.calls.length = 0;
    const workspaceId = await makeWorkspace(db.owner);
    const lead = await makeMember(db.owner, workspaceId, "admin");
    const accountId = await connect(lead);
    await saveLine(lead, { purpose: "service", number, accountId });
    fake.door = `${door.url}/api/webhooks/calls/${accountId}`;
    return { workspaceId, lead, accountId };
  };

  /** The same, where an agent with a phone holds a request of the customer. */
  const claim = async () => {
    const opened = await open();
    const agent = await makeMember(db.owner, opened.workspaceId, "agent");
    await setOwnPhone(agent, { phone: AGENT });
    const callbackId = await ask(opened.lead);
    const { generation } = await takeCallback(agent, { callbackId });
    return { ...opened, agent, callbackId, generation };
  };

  /** Lets the worker do what was told. */
  const heard = async (): Promise<void> => {
    while (await hearReceipts("reports"));
    while (await hearReceipts("missed_calls"));
  };
  const tell = async (...turns: Turn[]): Promise<void> => {
    await fake.tell(CUSTOMER, ...turns);
    await heard();
  };

  return { day, connect, open, claim, heard, tell, ...rowsOf(db) };
}

/** What is stored of a call, of the newest attempt of a request and of one of its clocks; empty when there is none. */
const rowsOf = (db: TestDatabase) => ({
  callOf: async (callId: string) => {
    const [row] = await db.owner`select * from calls where id = ${callId}`;
    return row ?? {};
  },
  attemptOf: async (callbackId: string) => {
    const [row] = await db.owner`
      select * from callback_attempts where callback_id = ${callbackId} order by started_at desc`;
    return row ?? {};
  },
  clockOf: async (callbackId: string, metric: string) => {
    const [row] = await db.owner`
      select * from sla_clocks where callback_id = ${callbackId} and metric = ${metric}`;
    return row ?? {};
  },
});
