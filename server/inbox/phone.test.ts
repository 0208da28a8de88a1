import { beforeEach, describe, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeMember, makeWorkspace } from "@/db/testing/factories";
import { newId } from "@/server/platform/ids";
import { makeSentRun, type SentRun } from "@/server/tracking/testing/sent-run";
import { getConversation } from "./conversation";
import { listMessages } from "./list";
import { readConversation } from "./read-conversation";
import { replyAsCustomer } from "./reply";

const db = await testDatabase();
let ctx: Awaited<ReturnType<typeof makeMember>>;
let run: SentRun;

beforeEach(async () => {
  ctx = await makeMember(db.owner, await makeWorkspace(db.owner), "marketer");
  run = await makeSentRun(db.owner, ctx.workspaceId, { channel: "whatsapp", size: 2 });
});

const template = {
  title: "Renewal",
  footer: "Reply STOP to opt out",
  header: { kind: "image" },
  buttons: [{ kind: "quick_reply", label: "Call me", value: "Call me", parameter: null }],
};

type Given = { nth?: number; kind?: "campaign" | "test"; channel?: "whatsapp" | "email"; text?: string };

/** A message of the run that the sandbox delivered to its member. */
async function deliver({ nth = 0, kind = "campaign", channel = "whatsapp", text = "Hello" }: Given = {}) {
  const id = newId();
  await db.owner`
    insert into sandbox_messages (id, workspace_id, public_id, kind, channel, campaign_id, customer_id, from_address,
      to_address, to_name, text, content)
    values (${id}, ${ctx.workspaceId}, ${kind === "campaign" ? (run.publicIds[nth] ?? "") : `test-${id}`}, ${kind}, ${channel},
      ${kind === "campaign" ? run.campaignId : null}, ${run.customerIds[nth] ?? ""}, '', ${run.addresses[nth] ?? ""}, 'Asha',
      ${text}, ${db.owner.json({ template })})`;
  return id;
}

const reply = (messageId: string, given: { text?: string; button?: string }, replyId = newId()) =>
  replyAsCustomer(ctx, { messageId, replyId, ...given });

describe("a phone", () => {
  test("shows what came to its address and what was answered, in order, as its reader sees it", async () => {
    const first = await deliver({ text: "Your policy is due" });
    await deliver({ nth: 1, text: "of somebody else" });
    await reply(first, { text: "How much is it?" });
    await deliver({ kind: "test", text: "A test" });
    const phone = await getConversation(ctx, { messageId: first });
    expect(phone).toMatchObject({
      channel: "whatsapp",
      name: "Asha",
      customerId: run.customerIds[0],
      more: false,
    });
    expect(phone.parts.map((part) => [part.by, part.text])).toEqual([
      ["us", "Your policy is due"],
      ["customer", "How much is it?"],
      ["us", "A test"],
    ]);
    expect(phone.parts[0]).toMatchObject({
      title: "Renewal",
      footer: "Reply STOP to opt out",
      header: "image",
      buttons: [{ kind: "quick_reply", label: "Call me" }],
      ticks: "delivered",
      campaign: { id: run.campaignId },
    });
  });

  test("looked at, has read its messages: the ticks say so, and the campaign counts it once", async () => {
    const id = await deliver();
    for (let nth = 0; nth < 2; nth++) await readConversation(ctx, { messageId: id });
    expect((await getConversation(ctx, { messageId: id })).parts).toMatchObject([{ ticks: "read" }]);
    const [figures] = await db.owner`
      select sum(opened)::int as opened from run_rollups where run_number = ${run.runNumber}`;
    expect(figures?.opened).toBe(1);
    expect((await listMessages(ctx, { channel: "whatsapp", unread: true })).messages).toEqual([]);
  });

  test("stands in the list once, by what came last; mails and phones are apart", async () => {
    await deliver({ text: "first" });
    await deliver({ nth: 1, text: "another phone" });
    await deliver({ kind: "test", text: "last" });
    const mail = await deliver({ kind: "test", channel: "email" });
    const list = await listMessages(ctx, { channel: "whatsapp" });
    expect(list.messages.map(({ snippet }) => snippet)).toEqual(["last", "another phone"]);
    expect((await listMessages(ctx, { channel: "email" })).messages.map(({ id }) => id)).toEqual([mail]);
    expect((await listMessages(ctx, {})).messages).toHaveLength(4);
    await expect(getConversation(ctx, { messageId: mail })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  test("goes back as far as it is asked", async () => {
    await deliver({ text: "first" });
    const last = await deliver({ kind: "test", text: "second" });
    const some = await getConversation(ctx, { messageId: last, size: 1 });
    expect([some.parts.map(({ text }) => text), some.more]).toEqual([["second"], true]);
    const all = await getConversation(ctx, { messageId: last, size: 2 });
    expect([all.parts.map(({ text }) => text), all.more]).toEqual([["first", "second"], false]);
  });
});

describe("an answer as the customer", () => {
  test("goes the way of a provider's inbound message: classified, about its message, and acted upon", async () => {
    const id = await deliver();
    const pressed = await reply(id, { button: "Call me" });
    expect(pressed).toMatchObject({ class: "callback_request", customerId: run.customerIds[0] });
    const stopped = await reply(id, { text: "STOP" });
    expect(stopped.class).toBe("unsubscribe");
    const [row] =
      await db.owner`select run_number::int, source_id from responses where id = ${stopped.responseId}`;
    expect(row).toMatchObject({ run_number: run.runNumber, source_id: expect.stringMatching(/^sandbox:/) });
    const [state] = await db.owner`
      select granted from consent_states where customer_id = ${run.customerIds[0] ?? ""} and channel = 'whatsapp'`;
    expect(state?.granted).toBe(false);
  });

  test("sent again after a lost answer is the same; an empty one is refused", async () => {
    const id = await deliver();
    const replyId = newId();
    const one = await reply(id, { text: "Interested" }, replyId);
    expect(await reply(id, { text: "Interested" }, replyId)).toMatchObject({
      responseId: one.responseId,
      repeated: true,
    });
    await expect(reply(id, { text: "  " })).rejects.toThrow();
  });

  test("is for those who see the inbox; another workspace's message is not there, and our own mail is answered by nobody", async () => {
    const id = await deliver();
    const agent = await makeMember(db.owner, ctx.workspaceId, "agent");
    const stranger = await makeMember(db.owner, await makeWorkspace(db.owner), "admin");
    for (const [who, code] of [
      [agent, "FORBIDDEN"],
      [stranger, "NOT_FOUND"],
    ] as const)
      for (const act of [
        () => replyAsCustomer(who, { messageId: id, text: "STOP", replyId: newId() }),
        () => getConversation(who, { messageId: id }),
        () => readConversation(who, { messageId: id }),
      ])
        await expect((async () => act())()).rejects.toMatchObject({ code });
    const admin = await makeMember(db.owner, ctx.workspaceId, "admin");
    await db.owner`update sandbox_messages set kind = 'system', channel = 'email' where id = ${id}`;
    await expect(
      replyAsCustomer(admin, { messageId: id, text: "STOP", replyId: newId() }),
    ).rejects.toMatchObject({ code: "BAD_INPUT" });
  });

  test("masks the number for roles that read it so", async () => {
    await db.owner`update workspaces set masked_roles = '{marketer}' where id = ${ctx.workspaceId}`;
    const phone = await getConversation(ctx, { messageId: await deliver() });
    expect(JSON.stringify(phone)).not.toContain(run.addresses[0]);
  });
});
