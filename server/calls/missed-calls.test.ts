import { beforeEach, describe, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeCustomers, makeMember, makeWorkspace } from "@/db/testing/factories";
import { recordOutcome } from "@/server/callbacks/attempt";
import { cancelCallback } from "@/server/callbacks/close";
import { takeCallback } from "@/server/callbacks/take";
import { ask } from "@/server/callbacks/testing/fixed-day";
import { readSetup } from "@/server/telephony/accounts/list-accounts";
import { archiveAccount, pauseAccount } from "@/server/telephony/accounts/set-status";
import type { Ending } from "@/server/telephony/testing/bridge-fake";
import { hearReceipts } from "./hear-receipts";
import { setOwnPhone } from "./own-phone";
import { startCall } from "./start";
import { AGENT, CUSTOMER, callStand, providers } from "./testing/stand";

const db = await testDatabase();
const LINE = "+918030752400";

describe.each(providers)("a missed call, told by $provider", (row) => {
  const { provider, fake } = row;
  const { day, connect, open, heard, callOf } = callStand(db, row);
  type Open = Awaited<ReturnType<typeof open>>;
  let lead: Open["lead"];
  let workspaceId: Open["workspaceId"];
  let accountId: Open["accountId"];
  let address: string;

  beforeEach(async () => {
    ({ lead, workspaceId, accountId } = await open(LINE));
    address = await addressOf(lead);
  });

  const addressOf = async (who: typeof lead) => (await readSetup(who)).accounts[0]?.missedCallAddress ?? "";
  const ring = (ending: Ending = "nobody_picked_up", more: object = {}) =>
    fake.ring(address, { from: CUSTOMER, line: LINE, ending, at: fake.now(), ...more });
  const requests = () => db.owner`
    select request_type, source, phone, repeats, customer_id, status from callback_requests
    where workspace_id = ${workspaceId} order by id`;
  const receipts = () => db.owner`
    select processed_at is not null as done, failure from webhook_receipts where account_id = ${accountId} order by id`;

  test.each(["nobody_picked_up", "gave_up"] as const)(
    "(%s) is stored before it is answered, and becomes a request of the customer whose number it is",
    async (ending) => {
      const [customerId] = await makeCustomers(db.owner, workspaceId, [
        { name: "Asha Rao", phone: CUSTOMER },
      ]);
      expect(await ring(ending)()).toBe(200);
      expect(await receipts()).toEqual([{ done: false, failure: null }]);
      expect(await requests()).toEqual([]);
      await heard();
      expect(await requests()).toEqual([
        {
          ...{ request_type: "general_inquiry", source: "missed_call", phone: CUSTOMER },
          ...{ repeats: 0, customer_id: customerId, status: "pending" },
        },
      ]);
      expect(await receipts()).toEqual([{ done: true, failure: null }]);
    },
  );

  test("told many times at once, and again when the request has ended, is one request", async () => {
    const post = ring();
    await Promise.all(Array.from({ length: 10 }, post));
    await Promise.all([heard(), heard(), heard()]);
    await heard();
    const [row] = await db.owner`select id from callback_requests where workspace_id = ${workspaceId}`;
    expect(await requests()).toMatchObject([{ repeats: 0 }]);
    await cancelCallback(lead, { callbackId: row?.id ?? "", reason: "other" });
    await day.go(3_600);
    expect(await post()).toBe(200);
    await heard();
    expect(await requests()).toMatchObject([{ repeats: 0, status: "cancelled" }]);
  });

  test("merges with what waits for the number and the topic, and with nothing else", async () => {
    await ask(lead, { requestType: "general_inquiry" });
    await ask(lead, { requestType: "policy_issue" });
    await ring()();
    await ring("gave_up")();
    await heard();
    expect(await requests()).toMatchObject([
      { request_type: "general_inquiry", repeats: 2 },
      { request_type: "policy_issue", repeats: 0 },
    ]);
  });

  // The dial inside of the call tells; where it is not told, the provider is asked.
  test("whose end alone is told is a request if nobody answered the dial inside of it, however often and late", async () => {
    const [late, taken] = [ring("nobody_picked_up_untold"), ring("taken_untold", { from: "+919820000002" })];
    await day.go(3 * 3_600);
    for (const post of [taken, late, late, taken]) expect(await post()).toBe(200);
    await Promise.all([heard(), heard()]);
    await heard();
    expect(await requests()).toMatchObject([{ phone: CUSTOMER, repeats: 0 }]);
    expect(await receipts()).toEqual(Array(4).fill({ done: true, failure: null }));
  });

  test("that cannot be written down keeps a reason without the number", async () => {
    await db.owner`alter table callback_requests add constraint not_this_one check (phone <> ${db.owner.unsafe(`'${CUSTOMER}'`)}) not valid`;
    await ring()();
    await heard();
    await db.owner`alter table callback_requests drop constraint not_this_one`;
    expect(await receipts()).toEqual([{ done: false, failure: "refused by the database (23514)" }]);
  });

  test.runIf(provider === "twilio")("is heard later where the provider cannot be asked now", async () => {
    fake.faults.set(CUSTOMER, "html_500");
    await ring("nobody_picked_up_untold")();
    await heard();
    expect(await requests()).toEqual([]);
    expect(await receipts()).toEqual([
      { done: false, failure: "twilio could not be asked whether a call was missed" },
    ]);
    fake.faults.clear();
    await day.go(60);
    await heard();
    expect(await requests()).toMatchObject([{ phone: CUSTOMER, repeats: 0 }]);
  });

  test.runIf(provider === "twilio")("about which nobody answers holds up no report on a call", async () => {
    fake.faults.set("+919820000002", "silent");
    await ring("nobody_picked_up_untold", { from: "+919820000002" })();
    const agent = await makeMember(db.owner, workspaceId, "agent");
    const callbackId = await ask(lead);
    await setOwnPhone(agent, { phone: AGENT });
    const { generation } = await takeCallback(agent, { callbackId });
    const { callId } = await startCall(agent, { callbackId, generation });
    const asked = hearReceipts("missed_calls");
    for (const post of fake.play(CUSTOMER, "agent_ringing")) await post();
    await hearReceipts("reports");
    expect(await callOf(callId)).toMatchObject({ state: "agent_ringing" });
    fake.speak();
    await asked;
    expect(await receipts()).toMatchObject([{ done: false }, { done: true }]);
  });

  test("waits for what was told of calls before it, which may make it void", async () => {
    const agent = await makeMember(db.owner, workspaceId, "agent");
    const callbackId = await ask(lead);
    await setOwnPhone(agent, { phone: AGENT });
    const { generation } = await takeCallback(agent, { callbackId });
    await startCall(agent, { callbackId, generation });
    for (const post of fake.play(CUSTOMER, "agent_no_answer")) await post();
    await ring("nobody_picked_up", { from: "+919820000002" })();
    await hearReceipts("missed_calls");
    expect(await receipts()).toMatchObject([{ done: false }, { done: false }]);
    await heard();
    expect(await receipts()).toMatchObject([{ done: true }, { done: true }]);
    expect(await requests()).toMatchObject([{ phone: CUSTOMER }, { phone: "+919820000002" }]);
  });

  test("told hours late is a request still, but not once somebody has talked with the customer since", async () => {
    const late = ring();
    const reached = ring("nobody_picked_up", { from: "+919820000002" });
    await day.go(600);
    const agent = await makeMember(db.owner, workspaceId, "agent");
    const callbackId = await ask(lead, { phone: "98200 00002" });
    await setOwnPhone(agent, { phone: AGENT });
    const { generation } = await takeCallback(agent, { callbackId });
    await startCall(agent, { callbackId, generation });
    const [attempt] = await db.owner`select id from callback_attempts where callback_id = ${callbackId}`;
    await recordOutcome(agent, {
      ...{ callbackId, generation, attemptId: attempt?.id ?? "" },
      ...{ outcome: "connected", talkSeconds: 30 },
    });
    await day.go(3 * 3_600);
    await late();
    await reached();
    await heard();
    expect(await requests()).toMatchObject([
      { phone: "+919820000002", request_type: "policy_issue" },
      { phone: CUSTOMER, source: "missed_call" },
    ]);
    // Who calls again after the talk wants one more.
    await ring("gave_up", { from: "+919820000002" })();
    await heard();
    expect(await requests()).toHaveLength(3);
  });

  test("a call that was taken, one of ours, one from a line of ours and one without a number ask for nothing", async () => {
    await ring("taken")();
    await ring("own")();
    await ring("nobody_picked_up", { from: LINE })();
    for (const from of ["", "anonymous", "+266696687", "client:alice"])
      expect(await ring("gave_up", { from })()).toBe(200);
    await heard();
    expect(await requests()).toEqual([]);
    expect(await receipts()).toEqual(Array(7).fill({ done: true, failure: null }));
  });

  test("a bridged call of ours that is told as if it came in asks for nothing", async () => {
    const agent = await makeMember(db.owner, workspaceId, "agent");
    const callbackId = await ask(lead);
    await setOwnPhone(agent, { phone: AGENT });
    const { generation } = await takeCallback(agent, { callbackId });
    await startCall(agent, { callbackId, generation });
    await ring()();
    // The id of the bridged call, as the provider would repeat it.
    await db.owner`update calls set provider_call_id = (
      select coalesce(substring(url from 'CallSid=([^&]+)'), substring(convert_from(body, 'UTF8') from 'CallSid=([^&]+)'))
      from webhook_receipts where account_id = ${accountId}) where workspace_id = ${workspaceId}`;
    await heard();
    expect(await requests()).toMatchObject([{ request_type: "policy_issue", repeats: 0 }]);
  });

  test("nobody else’s word is believed, not even another workspace’s", async () => {
    const post = ring();
    const other = await makeMember(db.owner, await makeWorkspace(db.owner), "admin");
    const otherId = await connect(other);
    const at = (url: string, more: string) => `${url}${url.includes("?") ? "&" : "?"}${more}`;
    const call = "CallSid=CA1&CallFrom=09820000009&From=%2B919820000009&CallStatus=busy";
    const unsigned = address.replace(/\?.*/, "");
    const wrong = [
      at(unsigned, `Direction=incoming&${call}`),
      at(unsigned, `key=wrong&Direction=incoming&${call}`),
      // The address of another workspace's account, its own key and all, with ours in the place of its id.
      at((await addressOf(other)).replace(otherId, accountId), `Direction=incoming&${call}&x=1`),
      at(address.replace(accountId, "00000000-0000-7000-8000-000000000000"), call),
    ];
    for (const url of wrong) expect((await fetch(url)).status).toBe(404);
    const forged = { method: "POST", body: `Direction=inbound&${call}` };
    const headers = { "x-twilio-signature": "bm90aGluZw==" };
    expect((await fetch(unsigned, { ...forged, headers })).status).toBe(404);
    expect(await receipts()).toEqual([]);
    expect(await post()).toBe(200);
  });

  test("comes through a paused account, and not through one that was put away", async () => {
    await pauseAccount(lead, accountId);
    expect(await ring()()).toBe(200);
    await db.owner`delete from telephony_lines where workspace_id = ${workspaceId}`;
    await archiveAccount(lead, accountId);
    expect(await ring()()).toBe(404);
    expect(await receipts()).toHaveLength(1);
  });

  test("only who may change the account reads its address", async () => {
    expect(address).toContain(`/api/webhooks/calls/${accountId}/missed`);
    expect(await addressOf(await makeMember(db.owner, workspaceId, "supervisor"))).toBe("");
  });
});
