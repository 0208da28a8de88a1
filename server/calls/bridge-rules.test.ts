import { beforeEach, describe, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeMember } from "@/db/testing/factories";
import { takeCallback } from "@/server/callbacks/take";
import { saveAccount } from "@/server/telephony/accounts/save-account";
import { saveLine } from "@/server/telephony/line";
import { changeRules } from "@/server/telephony/rules";
import { readCallDesk } from "./desk";
import { setOwnPhone } from "./own-phone";
import { startCall } from "./start";
import { callStand, providers } from "./testing/stand";

const db = await testDatabase();

describe.each(providers)("what stands in the way of a call by $provider", (row) => {
  const { provider, fake, settings } = row;
  const { day, claim, tell, callOf, attemptOf } = callStand(db, row);
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

  /** The claim lasted no longer than the pause between the runs. */
  const again = async () => {
    await db.owner`delete from callback_holds where workspace_id = ${workspaceId}`;
    await db.owner`update callback_requests set status = 'pending', not_before = clock_now() where id = ${callbackId}`;
    return takeCallback(agent, { callbackId });
  };

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
    expect(await attemptOf(callbackId)).toMatchObject({ outcome: "connected" });
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
