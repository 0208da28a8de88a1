import { beforeAll, describe, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeCustomers, makeWorkspace } from "@/db/testing/factories";
import { encodePublicId } from "@/server/deliveries";
import { type Context, systemContext } from "@/server/platform/context";
import { makeSentRun, type SentRun } from "@/server/tracking/testing/sent-run";
import { recordReply } from "./record-reply";
import { replyTo } from "./testing/reply-to";

const db = await testDatabase();
let workspaceId: string;
let ctx: Context;
beforeAll(async () => {
  workspaceId = await makeWorkspace(db.owner);
  ctx = systemContext(workspaceId);
});

const row = async (id: string) => {
  const [found] = await db.owner`
    select customer_id, class, classified_by, explanation, run_number::int, campaign_id, follow_up, from_address, text
    from responses where id = ${id}`;
  return found;
};
const states = async (customerId: string | undefined) => [
  ...(await db.owner`
    select channel, purpose, granted from consent_states where customer_id = ${customerId ?? ""} order by channel, purpose`),
];
const figures = async (run: SentRun) => {
  const [found] = await db.owner`
    select coalesce(sum(replied), 0)::int as replied, coalesce(sum(unsubscribed), 0)::int as unsubscribed
    from run_rollups where run_number = ${run.runNumber}`;
  return found;
};
const stopState = async (customerId: string | undefined) =>
  (await db.owner`select stop_state from customers where id = ${customerId ?? ""}`)[0]?.stop_state;
const suppressions = async () => [
  ...(await db.owner`select channel, reason, origin from suppressions where workspace_id = ${workspaceId}`),
];

describe("whose reply it is", () => {
  test("the public id that came back names the message and the customer, whatever address it came from", async () => {
    const run = await makeSentRun(db.owner, workspaceId, { size: 2 });
    const recorded = await recordReply(
      ctx,
      replyTo(run, "Interested", { publicId: run.publicIds[1], from: "+919811112222" }),
    );
    expect(await row(recorded.responseId)).toMatchObject({
      customer_id: run.customerIds[1],
      run_number: run.runNumber,
      campaign_id: run.campaignId,
      explanation: { by: "public_id" },
    });
  });

  test("a forged public id and one of another workspace are nothing: the address decides", async () => {
    const other = await makeWorkspace(db.owner);
    const foreign = await makeSentRun(db.owner, other);
    const run = await makeSentRun(db.owner, workspaceId);
    for (const publicId of [
      foreign.publicIds[0],
      "forged",
      encodePublicId({ part: 999, runNumber: 1, seq: 1 }),
    ]) {
      const recorded = await recordReply(ctx, replyTo(run, "Interested", { publicId }));
      expect(await row(recorded.responseId)).toMatchObject({
        customer_id: run.customerIds[0],
        run_number: run.runNumber,
        explanation: { by: "recent_message" },
      });
    }
  });

  test("without an id it answers the latest message of the last 7 days on that channel, and none before", async () => {
    const first = await makeSentRun(db.owner, workspaceId);
    const second = await makeSentRun(db.owner, workspaceId);
    await db.owner`update executions set customer_id = ${first.customerIds[0] ?? ""} where run_number = ${second.runNumber}`;
    await db.owner`update execution_results set at = at - interval '2 days' where run_number = ${first.runNumber}`;
    const latest = await recordReply(ctx, replyTo(first, "Interested"));
    expect(await row(latest.responseId)).toMatchObject({ run_number: second.runNumber });
    await db.owner`update execution_results set at = at - interval '8 days' where run_number = ${second.runNumber}`;
    const earlier = await recordReply(ctx, replyTo(first, "Interested"));
    expect(await row(earlier.responseId)).toMatchObject({ run_number: first.runNumber });
    const otherChannel = await recordReply(ctx, replyTo(first, "Interested", { channel: "whatsapp" }));
    expect(await row(otherChannel.responseId)).toMatchObject({
      customer_id: first.customerIds[0],
      run_number: null,
      explanation: { by: "address" },
    });
  });

  test("spellings of a number are one number; nobody's reply is kept, and so is one of another workspace's customer", async () => {
    const run = await makeSentRun(db.owner, workspaceId);
    const national = `0${run.addresses[0]?.slice(3)}`;
    const spelled = await recordReply(ctx, replyTo(run, "ok", { from: national }));
    expect(spelled.customerId).toBe(run.customerIds[0]);
    const foreign = await makeSentRun(db.owner, await makeWorkspace(db.owner));
    for (const from of ["+919999999999", "56161", foreign.addresses[0] ?? ""]) {
      const recorded = await recordReply(ctx, replyTo(run, "Hello?", { from }));
      expect(await row(recorded.responseId)).toMatchObject({
        customer_id: null,
        from_address: from,
        class: "question",
        follow_up: "open",
      });
    }
  });
});

describe("once", () => {
  test("the same reply twice, and ten times at once, is one response, one withdrawal", async () => {
    const run = await makeSentRun(db.owner, workspaceId);
    const reply = replyTo(run, "STOP");
    const answers = await Promise.all(Array.from({ length: 10 }, () => recordReply(ctx, reply)));
    expect(new Set(answers.map((answer) => answer.responseId)).size).toBe(1);
    expect(answers.filter((answer) => !answer.repeated)).toHaveLength(1);
    expect(await figures(run)).toEqual({ replied: 1, unsubscribed: 1 });
    expect(
      await db.owner`select 1 from consents where customer_id = ${run.customerIds[0] ?? ""}`,
    ).toHaveLength(1);
  });

  test("a customer who replies five times replied once; a machine's answer is kept and does not count", async () => {
    const run = await makeSentRun(db.owner, workspaceId);
    const machine = await recordReply(ctx, replyTo(run, "Back on Monday", { automatic: true }));
    expect(await row(machine.responseId)).toMatchObject({ class: "auto_reply", follow_up: "none" });
    expect(await figures(run)).toEqual({ replied: 0, unsubscribed: 0 });
    for (let nth = 0; nth < 5; nth++) await recordReply(ctx, replyTo(run, "What is the premium?"));
    expect(await figures(run)).toEqual({ replied: 1, unsubscribed: 0 });
    const events = await db.owner`
      select first from delivery_events where run_number = ${run.runNumber} and kind = 'replied' order by first desc`;
    expect(events.map((event) => event.first)).toEqual([true, false, false, false, false]);
  });
});

describe("STOP and START", () => {
  test("STOP withdraws promotion on its channel for everybody with the number, and nothing else", async () => {
    const run = await makeSentRun(db.owner, workspaceId, { size: 2 });
    const [first, second] = run.customerIds;
    await db.owner`update customers set phone = ${run.addresses[0] ?? ""} where id = ${second ?? ""}`;
    await db.owner`
      insert into consent_states (workspace_id, customer_id, channel, purpose, granted)
      values (${workspaceId}, ${first ?? ""}, 'whatsapp', 'promotional', true), (${workspaceId}, ${first ?? ""}, 'sms', 'service', true)`;
    const { responseId } = await recordReply(ctx, replyTo(run, "band karo", { publicId: run.publicIds[0] }));
    expect(await states(first)).toEqual([
      { channel: "sms", purpose: "promotional", granted: false },
      { channel: "sms", purpose: "service", granted: true },
      { channel: "whatsapp", purpose: "promotional", granted: true },
    ]);
    expect(await states(second)).toEqual([{ channel: "sms", purpose: "promotional", granted: false }]);
    const [entry] = await db.owner`
      select action, source, evidence, actor_kind, actor_id from consents where customer_id = ${first ?? ""}`;
    expect(entry).toEqual({
      action: "withdrawn",
      source: "reply",
      evidence: { responseId, rule: "stop_word" },
      actor_kind: "customer",
      actor_id: first,
    });
  });

  test("the number is remembered, for a customer who is added with it later, and a START takes it off again", async () => {
    const run = await makeSentRun(db.owner, workspaceId);
    await recordReply(ctx, replyTo(run, "रोकें"));
    expect(await suppressions()).toContainEqual({ channel: "sms", reason: "unsubscribed", origin: "reply" });
    const before = await suppressions();
    await recordReply(ctx, replyTo(run, "START"));
    expect(await suppressions()).toHaveLength(before.length - 1);
    expect(await states(run.customerIds[0])).toEqual([
      { channel: "sms", purpose: "promotional", granted: true },
    ]);
    const [last] = await db.owner`
      select action, source, evidence from consents where customer_id = ${run.customerIds[0] ?? ""} order by id desc limit 1`;
    expect(last).toMatchObject({ action: "granted", source: "reply", evidence: { rule: "start_word" } });
  });

  test("a STOP of nobody that we know is kept for the number all the same", async () => {
    const run = await makeSentRun(db.owner, workspaceId);
    const before = await suppressions();
    await recordReply(ctx, replyTo(run, "STOP", { from: "+919777777777" }));
    expect(await suppressions()).toHaveLength(before.length + 1);
  });

  test("“do not call” withdraws promotional calls, and leaves the messages", async () => {
    const run = await makeSentRun(db.owner, workspaceId);
    const recorded = await recordReply(ctx, replyTo(run, "Please do not call me"));
    expect(recorded.class).toBe("unsubscribe");
    expect(await states(run.customerIds[0])).toEqual([
      { channel: "call", purpose: "promotional", granted: false },
      { channel: "sms", purpose: "promotional", granted: true },
    ]);
  });
});

describe("complaints", () => {
  test("stop promotion for the customer until somebody settles them; a graver state stays", async () => {
    const run = await makeSentRun(db.owner, workspaceId, { size: 2 });
    const [first, second] = run.customerIds;
    await db.owner`update customers set stop_state = 'death_claim' where id = ${second ?? ""}`;
    for (const publicId of run.publicIds)
      await recordReply(ctx, replyTo(run, "This is a fraud company", { publicId }));
    expect(await stopState(first)).toBe("open_complaint");
    expect(await stopState(second)).toBe("death_claim");
  });

  test("that say STOP are both", async () => {
    const run = await makeSentRun(db.owner, workspaceId);
    const recorded = await recordReply(ctx, replyTo(run, "Stop sending this or I will complain to IRDAI"));
    expect(recorded.class).toBe("complaint");
    expect(await states(run.customerIds[0])).toEqual([
      { channel: "sms", purpose: "promotional", granted: false },
    ]);
    expect(await figures(run)).toEqual({ replied: 1, unsubscribed: 1 });
  });
});

test("a reply by mail finds its writer whatever the case of the address", async () => {
  const [id] = await makeCustomers(db.owner, workspaceId, [{ email: "Meera.Iyer@Example.test" }]);
  const run = await makeSentRun(db.owner, workspaceId);
  const recorded = await recordReply(
    ctx,
    replyTo(run, "Call me", { channel: "email", from: "meera.iyer@example.TEST" }),
  );
  expect(recorded).toMatchObject({ customerId: id, class: "callback_request" });
});

test("what came with zero characters, or with far too many, is kept as far as it can be", async () => {
  const run = await makeSentRun(db.owner, workspaceId);
  const recorded = await recordReply(ctx, replyTo(run, `a\u0000${"x".repeat(50_000)}`));
  expect((await row(recorded.responseId))?.text).toHaveLength(10_000);
});
