import { beforeAll, describe, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeMember, makeWorkspace } from "@/db/testing/factories";
import { withTransaction } from "@/db/transaction";
import { allowPromotion } from "@/server/consent";
import { type Context, systemContext } from "@/server/platform/context";
import { newId } from "@/server/platform/ids";
import { makeSentRun, type SentRun } from "@/server/tracking/testing/sent-run";
import { correctClass } from "./correct";
import { saveNote, setHandled } from "./follow-up";
import { getResponse } from "./get";
import { listResponses } from "./list";
import { recordReply } from "./record-reply";
import { responsesInputOf } from "./schemas";
import { replyTo } from "./testing/reply-to";

const db = await testDatabase();
let workspaceId: string;
let system: Context;
let admin: Awaited<ReturnType<typeof makeMember>>;
let run: SentRun;
beforeAll(async () => {
  workspaceId = await makeWorkspace(db.owner);
  system = systemContext(workspaceId);
  admin = await makeMember(db.owner, workspaceId, "admin");
});

const allows = async (customerId: string | undefined, channel = "sms") =>
  (
    await db.owner`select granted from consent_states
      where customer_id = ${customerId ?? ""} and channel = ${channel} and purpose = 'promotional'`
  )[0]?.granted;
const stopState = async (customerId: string | undefined) =>
  (await db.owner`select stop_state from customers where id = ${customerId ?? ""}`)[0]?.stop_state;
const suppressed = async () =>
  (await db.owner`select 1 from suppressions where workspace_id = ${workspaceId}`).length;
const figures = async () =>
  (
    await db.owner`select coalesce(sum(replied), 0)::int as replied, coalesce(sum(unsubscribed), 0)::int as unsubscribed
      from run_rollups where run_number = ${run.runNumber}`
  )[0];
const counted = async () =>
  (
    await db.owner`select count(*) filter (where kind = 'replied' and first)::int as replied,
      count(*) filter (where kind = 'unsubscribed' and first)::int as unsubscribed
      from delivery_events where run_number = ${run.runNumber}`
  )[0];

/** A customer who had allowed promotion by an entry of the ledger, and their reply. */
async function replied(text: string, options: { size?: number; automatic?: boolean } = {}) {
  run = await makeSentRun(db.owner, workspaceId, { size: options.size });
  const [customerId = "", ...others] = run.customerIds;
  for (const id of others)
    await db.owner`update customers set phone = ${run.addresses[0] ?? ""} where id = ${id}`;
  await db.owner`delete from consent_states where workspace_id = ${workspaceId} and customer_id = any(${run.customerIds}::uuid[])`;
  await withTransaction(system, (tx) =>
    allowPromotion(tx, system, {
      channel: "sms",
      customerIds: run.customerIds,
      address: run.addresses[0] ?? null,
      source: "form",
      evidence: {},
    }),
  );
  const { responseId } = await recordReply(
    system,
    replyTo(run, text, { publicId: run.publicIds[0], automatic: options.automatic }),
  );
  return { responseId, customerId };
}

describe("a class that a person corrects", () => {
  test("to an opt-out withdraws promotion for everybody with the address, counts it, and says who did it", async () => {
    const { responseId, customerId } = await replied("Noted with thanks", { size: 2 });
    const before = await suppressed();
    const changed = await correctClass(admin, { responseId, class: "unsubscribe" });
    expect(changed).toMatchObject({ withdrawn: 2, restored: 0 });
    expect([await allows(customerId), await allows(run.customerIds[1])]).toEqual([false, false]);
    expect(await suppressed()).toBe(before + 1);
    expect(await figures()).toEqual({ replied: 1, unsubscribed: 1 });
    const [entry] = await db.owner`
      select source, evidence, actor_kind, actor_id from consents where customer_id = ${customerId} order by id desc limit 1`;
    expect(entry).toEqual({
      source: "correction",
      evidence: { responseId },
      actor_kind: "user",
      actor_id: admin.userId,
    });
    const [audit] = await db.owner`
      select actor_id, "before", "after" from audit_entries where action = 'response.corrected' and subject_id = ${responseId}`;
    expect(audit).toMatchObject({
      actor_id: admin.userId,
      before: { class: "other", rule: "none" },
      after: { class: "unsubscribe", withdrawn: 2 },
    });
  });

  test("from an opt-out gives back what it took, and takes it out of the count", async () => {
    const { responseId, customerId } = await replied("STOP");
    expect([await allows(customerId), await figures()]).toEqual([false, { replied: 1, unsubscribed: 1 }]);
    const list = await suppressed();
    expect(await correctClass(admin, { responseId, class: "question" })).toMatchObject({ restored: 1 });
    expect(await allows(customerId)).toBe(true);
    expect(await suppressed()).toBe(list - 1);
    expect(await figures()).toEqual({ replied: 1, unsubscribed: 0 });
    expect(await counted()).toEqual({ replied: 1, unsubscribed: 0 });
  });

  test("gives back nothing that was never allowed, or was taken back again since", async () => {
    const never = await replied("STOP");
    await db.owner`alter table consents disable trigger user`;
    await db.owner`delete from consents where customer_id = ${never.customerId} and action = 'granted'`;
    const list = await suppressed();
    expect(await correctClass(admin, { ...never, class: "other" })).toMatchObject({ restored: 0 });
    expect([await allows(never.customerId), await suppressed()]).toEqual([false, list]);
    const twice = await replied("STOP");
    await recordReply(system, replyTo(run, "START"));
    await recordReply(system, replyTo(run, "STOP"));
    expect(await correctClass(admin, { ...twice, class: "other" })).toMatchObject({ restored: 0 });
    expect(await allows(twice.customerId)).toBe(false);
  });

  test("to a complaint stops promotion; away from it lets it go on, unless another one is open", async () => {
    const { responseId, customerId } = await replied("Noted with thanks");
    expect(await correctClass(admin, { responseId, class: "complaint" })).toMatchObject({
      promotionStopped: true,
    });
    expect(await stopState(customerId)).toBe("open_complaint");
    const second = await recordReply(system, replyTo(run, "This is fraud"));
    expect(await correctClass(admin, { responseId, class: "other" })).toMatchObject({
      promotionGoesOn: false,
    });
    expect(await stopState(customerId)).toBe("open_complaint");
    await setHandled(admin, { responseIds: [second.responseId], handled: true });
    expect(await stopState(customerId)).toBeNull();
    await setHandled(admin, { responseIds: [second.responseId], handled: false });
    expect(await stopState(customerId)).toBe("open_complaint");
  });

  test("to an automatic answer is no reply any more; the customer's next one counts in its place, and back again", async () => {
    const { responseId } = await replied("Noted with thanks");
    await correctClass(admin, { responseId, class: "auto_reply" });
    expect([await figures(), await counted()]).toEqual([
      { replied: 0, unsubscribed: 0 },
      { replied: 0, unsubscribed: 0 },
    ]);
    await recordReply(system, replyTo(run, "What is the premium?"));
    await correctClass(admin, { responseId, class: "question" });
    expect([await figures(), await counted()]).toEqual([
      { replied: 1, unsubscribed: 0 },
      { replied: 1, unsubscribed: 0 },
    ]);
    await correctClass(admin, { responseId, class: "auto_reply" });
    expect([await figures(), await counted()]).toEqual([
      { replied: 1, unsubscribed: 0 },
      { replied: 1, unsubscribed: 0 },
    ]);
  });

  test("keeps what the rules had said; the same class again is nothing", async () => {
    const { responseId } = await replied("Please call me tomorrow");
    await correctClass(admin, { responseId, class: "question" });
    await correctClass(admin, { responseId, class: "question" });
    await correctClass(admin, { responseId, class: "callback_request" });
    const found = await getResponse(admin, { responseId });
    expect(found).toMatchObject({
      class: "callback_request",
      because: expect.stringContaining("matched: “please call"),
      followUp: "open",
      corrections: [
        { from: "callback_request", to: "question", byName: "A admin" },
        { from: "question", to: "callback_request" },
      ],
    });
  });

  test("needs a role that keeps consent; another workspace's response answers like a missing one", async () => {
    const { responseId } = await replied("Hello");
    for (const role of ["supervisor", "agent", "advisor"] as const) {
      const member = await makeMember(db.owner, workspaceId, role);
      await expect(correctClass(member, { responseId, class: "complaint" })).rejects.toMatchObject({
        code: "FORBIDDEN",
      });
    }
    const stranger = await makeMember(db.owner, await makeWorkspace(db.owner), "admin");
    for (const act of [
      () => correctClass(stranger, { responseId, class: "complaint" }),
      () => getResponse(stranger, { responseId }),
      () => saveNote(stranger, { responseId, note: "x" }),
    ])
      await expect(act()).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(await setHandled(stranger, { responseIds: [responseId], handled: true })).toEqual({ changed: 0 });
  });
});

describe("the list", () => {
  test("is newest first, by keyset in both directions, every response once", async () => {
    const own = await makeWorkspace(db.owner);
    const reader = await makeMember(db.owner, own, "supervisor");
    const sent = await makeSentRun(db.owner, own);
    await recordReply(systemContext(own), replyTo(sent, "What about it?"));
    const more = Array.from({ length: 102 }, newId);
    await db.owner`
      insert into responses (id, workspace_id, channel, from_address, text, class, classified_by, source_id, received_at)
      select id, workspace_id, channel, from_address, text, class, classified_by, source_id || id, received_at
      from (select workspace_id, channel, from_address, text, class, classified_by, source_id, received_at
        from responses where workspace_id = ${own}) r cross join unnest(${more}::uuid[]) as m(id)`;
    const stored = await db.owner`select id from responses where workspace_id = ${own} order by id`;
    const ids = stored.map(({ id }) => id);
    const first = await listResponses(reader, {});
    const second = await listResponses(reader, { after: first.next });
    const third = await listResponses(reader, { after: second.next });
    expect([...first.rows, ...second.rows, ...third.rows].map(({ id }) => id)).toEqual(ids.toReversed());
    expect([first.previous, third.next, first.open]).toEqual([null, null, 103]);
    expect((await listResponses(reader, { before: third.previous })).rows).toEqual(second.rows);
  });

  test("filters by class, channel, campaign, follow-up and the workspace's days", async () => {
    const own = await makeWorkspace(db.owner);
    await db.owner`update workspaces set time_zone = 'Asia/Kolkata' where id = ${own}`;
    const reader = await makeMember(db.owner, own, "marketer");
    const sent = await makeSentRun(db.owner, own);
    const other = await makeSentRun(db.owner, own, { channel: "whatsapp" });
    const record = async (text: string, more: Parameters<typeof replyTo>[2] = {}, from = sent) =>
      (await recordReply(systemContext(own), replyTo(from, text, more))).responseId;
    const question = await record("How much is it?", { occurredAt: new Date("2026-03-01T20:00:00Z") });
    const stop = await record("STOP", { channel: "whatsapp" }, other);
    const ids = async (params: Record<string, string | string[]>) =>
      (await listResponses(reader, responsesInputOf(params))).rows.map(({ id }) => id);
    expect(await ids({ class: ["question", "complaint"] })).toEqual([question]);
    expect(await ids({ channel: "whatsapp" })).toEqual([stop]);
    expect(await ids({ campaign: other.campaignId })).toEqual([stop]);
    expect(await ids({ followUp: "open" })).toEqual([question]);
    // 20:00 UTC is the next day in India.
    expect(await ids({ from: "2026-03-02", until: "2026-03-02" })).toEqual([question]);
    expect(await ids({ until: "2026-03-01" })).toEqual([]);
    expect(await ids({ days: "1" })).toEqual([stop]);
    expect(await ids({ class: "nonsense", campaign: "x", days: "9", from: "y" })).toHaveLength(2);
    expect(await setHandled(reader, { responseIds: [question, stop], handled: true })).toEqual({
      changed: 1,
    });
    expect(await ids({ followUp: "done" })).toEqual([question]);
  });

  test("masks addresses for roles that read them so, also inside the words; other roles are refused", async () => {
    const own = await makeWorkspace(db.owner);
    await db.owner`update workspaces set masked_roles = '{supervisor}' where id = ${own}`;
    const reader = await makeMember(db.owner, own, "supervisor");
    const sent = await makeSentRun(db.owner, own);
    const text = "Call me on 98200 41101?";
    const { responseId } = await recordReply(systemContext(own), replyTo(sent, text));
    const [line] = (await listResponses(reader, {})).rows;
    const detail = await getResponse(reader, { responseId });
    for (const shown of [line, detail]) {
      expect(JSON.stringify(shown)).not.toContain(sent.addresses[0]);
      expect(JSON.stringify(shown)).not.toContain("98200 41101");
      expect(shown?.from).toContain("•••");
    }
    for (const role of ["agent", "advisor"] as const) {
      const member = await makeMember(db.owner, own, role);
      await expect(listResponses(member, {})).rejects.toMatchObject({ code: "FORBIDDEN" });
      await expect(getResponse(member, { responseId })).rejects.toMatchObject({ code: "FORBIDDEN" });
    }
  });

  test("beside it stands the conversation: what went out and what came back, in order", async () => {
    const { responseId } = await replied("What is the premium?");
    await recordReply(system, replyTo(run, "Call me"));
    const { conversation, campaign, customer } = await getResponse(admin, { responseId });
    expect(conversation.map((part) => [part.by, part.by === "customer" ? part.text : part.state])).toEqual([
      ["us", "delivered"],
      ["customer", "What is the premium?"],
      ["customer", "Call me"],
    ]);
    expect(campaign?.id).toBe(run.campaignId);
    expect(customer?.id).toBe(run.customerIds[0]);
    await saveNote(admin, { responseId, note: " Told her on the phone. " });
    expect((await getResponse(admin, { responseId })).note).toBe("Told her on the phone.");
  });
});
