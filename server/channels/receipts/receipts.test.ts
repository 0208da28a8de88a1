import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeWorkspace } from "@/db/testing/factories";
import { withHotTransaction } from "@/db/transaction";
import { env } from "@/env";
import { newId } from "@/server/platform/ids";
import { accountFor, type ChannelAdapter, closeAdapters } from "..";
import { MetaFake, type MetaFakeMessage, signedCall } from "../meta/testing/fake";
import { Msg91Fake } from "../msg91/testing/fake";
import type { Channel, Provider } from "../status";
import { makeAccount } from "../testing/accounts";
import { openDoor } from "../testing/door";
import { sms, whatsapp } from "../testing/messages";
import { TwilioFake } from "../twilio/testing/fake";
import { verifyToken, webhookAddress } from "../webhook-address";
import { forgetReceipts } from "./forget";
import { type EventHandler, processReceipts, type ReceivedEvent } from "./process";

const db = await testDatabase();
const meta = new MetaFake();
const twilio = new TwilioFake();
const msg91 = new Msg91Fake();
let door: Awaited<ReturnType<typeof openDoor>>;
let workspaceId: string;

beforeAll(async () => {
  await Promise.all([meta.start(), twilio.start(), msg91.start()]);
  Object.assign(env, {
    META_API_URL: meta.url,
    TWILIO_API_URL: twilio.url,
    TWILIO_CONTENT_URL: twilio.url,
    MSG91_API_URL: msg91.url,
  });
  door = await openDoor();
});

afterAll(async () => {
  await closeAdapters();
  await Promise.all([meta.stop(), twilio.stop(), msg91.stop(), door.close()]);
});

beforeEach(async () => {
  workspaceId = await makeWorkspace(db.owner);
  await db.owner`delete from webhook_receipts`;
});

async function connect(channel: Channel, provider: Exclude<Provider, "sandbox" | "smtp">) {
  const id = await makeAccount(db.owner, workspaceId, { channel, provider });
  const fake = { meta, twilio, msg91 }[provider];
  fake.door = webhookAddress({ id, provider });
  const { adapter } = await withHotTransaction(workspaceId, (sql) => accountFor(sql, workspaceId, channel));
  return { id, adapter };
}

const hooks = { start: () => true, finish: () => {} };

async function sendOne(adapter: ChannelAdapter): Promise<MetaFakeMessage> {
  await adapter.send(workspaceId, [whatsapp()], hooks);
  const sent = meta.messages.at(-1);
  if (!sent) throw new Error("nothing was sent");
  return sent;
}

/** What the worker would have handed on, in the order of arrival. */
async function work(handle?: EventHandler): Promise<ReceivedEvent["event"][]> {
  const got: ReceivedEvent["event"][] = [];
  await processReceipts(
    handle ??
      (async (_ctx, events) => {
        got.push(...events.map(({ event }) => event));
      }),
  );
  return got;
}

describe("the door", () => {
  test("stores a signed call before anything is done with it, and answers without a word", async () => {
    const { id, adapter } = await connect("whatsapp", "meta");
    const sent = await sendOne(adapter);
    expect(await meta.tell(sent, "delivered")).toBe(200);
    const [row] =
      await db.owner`select account_id, workspace_id, processed_at, headers from webhook_receipts`;
    expect(row).toMatchObject({ account_id: id, workspace_id: workspaceId, processed_at: null });
    expect(Object.keys(row?.headers)).toEqual(expect.arrayContaining(["x-hub-signature-256"]));
  });

  test("refuses a changed byte, another account's address and an account that is not there, all alike", async () => {
    const { id } = await connect("whatsapp", "meta");
    const { body, headers } = signedCall({ statuses: [] });
    const post = (path: string, content = body) =>
      fetch(`${door.url}${path}`, { method: "POST", headers, body: content }).then(({ status }) => status);
    expect(await post(`/api/webhooks/meta/${id}`)).toBe(200);
    expect(await post(`/api/webhooks/meta/${id}`, body.replace("919876543210", "919876543211"))).toBe(404);
    expect(await post(`/api/webhooks/twilio/${id}`)).toBe(404);
    expect(await post(`/api/webhooks/meta/${newId()}`)).toBe(404);
    expect(await post("/api/webhooks/meta/nonsense")).toBe(404);
    expect(await db.owner`select from webhook_receipts`).toHaveLength(1);
  });

  test("refuses a call that is too long, and guesses after a while", async () => {
    const { id } = await connect("whatsapp", "meta");
    const post = (body: string, from: string) =>
      fetch(`${door.url}/api/webhooks/meta/${id}`, {
        method: "POST",
        body,
        headers: { "x-forwarded-for": from },
      }).then(({ status }) => status);
    expect(await post("x".repeat(4 * 1024 * 1024 + 1), "203.0.113.1")).toBe(413);
    const answers: number[] = [];
    for (let guess = 0; guess < 61; guess++) answers.push(await post("{}", "203.0.113.2"));
    expect(answers.at(-2)).toBe(404);
    expect(answers.at(-1)).toBe(429);
    expect(await post("{}", "203.0.113.3")).toBe(404);
  });

  test("gives Meta its challenge back when it names the account's token, and nobody else", async () => {
    const { id } = await connect("whatsapp", "meta");
    const ask = async (token: string, account = id) => {
      const query = new URLSearchParams({
        "hub.mode": "subscribe",
        "hub.verify_token": token,
        "hub.challenge": "1158201444",
      });
      const answer = await fetch(`${door.url}/api/webhooks/meta/${account}?${query}`);
      return { status: answer.status, text: await answer.text() };
    };
    expect(await ask(verifyToken({ id }))).toEqual({ status: 200, text: "1158201444" });
    expect(await ask("wrong")).toMatchObject({ status: 404 });
    expect(await ask(verifyToken({ id }), newId())).toMatchObject({ status: 404 });
  });

  test("answers Twilio with nothing at all: any text would be sent to the customer", async () => {
    const { adapter } = await connect("sms", "twilio");
    await adapter.send(workspaceId, [sms()], hooks);
    const sent = twilio.messages.at(-1);
    expect(sent && (await twilio.tell(sent, "delivered"))).toBe(204);
  });
});

describe("the life of a message", () => {
  test("comes back duplicated, reordered and late, as events that name the message", async () => {
    const { adapter } = await connect("whatsapp", "meta");
    const sent = await sendOne(adapter);
    for (const status of ["read", "delivered", "sent", "delivered", "read"]) await meta.tell(sent, status);
    const events = await work();
    expect(events.map((event) => event.kind)).toEqual(["read", "delivered", "delivered", "read"]);
    expect(new Set(events.map((event) => "dedupeKey" in event && event.dedupeKey)).size).toBe(2);
    for (const event of events) expect(event).toMatchObject({ publicId: sent.publicId });
    expect(await work()).toEqual([]);
  });

  test("that fails after acceptance says why, and an opt-out comes with it", async () => {
    const { adapter } = await connect("whatsapp", "meta");
    await meta.tell(await sendOne(adapter), "failed", { code: 131_050, title: "User stopped" });
    await meta.tell(await sendOne(adapter), "failed", { code: 131_026, title: "Undeliverable" });
    expect(await work()).toMatchObject([
      { kind: "failed", reason: "opted_out", suppress: false },
      { kind: "opted_out", channel: "whatsapp" },
      { kind: "failed", reason: "address_refused", suppress: true },
    ]);
  });

  test("brings answers: words, and a pressed button that names its message", async () => {
    const { adapter } = await connect("whatsapp", "meta");
    const sent = await sendOne(adapter);
    await meta.say(sent.to, { text: "कृपया मुझे कॉल करें" });
    await meta.say(sent.to, { button: "Call me", of: sent });
    expect(await work()).toMatchObject([
      { kind: "reply", from: `+${sent.to}`, text: "कृपया मुझे कॉल करें", publicId: null },
      { kind: "reply", button: "Call me", publicId: sent.publicId },
    ]);
  });

  test("goes the same way over Twilio and MSG91", async () => {
    const byTwilio = await connect("sms", "twilio");
    await byTwilio.adapter.send(workspaceId, [sms()], hooks);
    const one = twilio.messages.at(-1);
    if (!one) throw new Error("nothing was sent");
    await twilio.tell(one, "sent");
    await twilio.tell(one, "undelivered", 30_005);
    expect(await work()).toMatchObject([
      { kind: "failed", reason: "address_refused", suppress: true, detail: "Twilio 30005" },
    ]);
    await connect("whatsapp", "meta");
    workspaceId = await makeWorkspace(db.owner);
    const { id } = await connect("sms", "msg91");
    const message = {
      requestId: "37636",
      to: "919812345678",
      publicId: "abcdefghijklmnop",
      recipient: {},
      flow: "f",
    };
    expect(
      await msg91.report([
        { message, status: "1", desc: "DELIVERED" },
        { message, status: "9", desc: "NDNC" },
      ]),
    ).toBe(200);
    msg91.door = webhookAddress({ id, provider: "msg91" }).replace(/key=.{4}/, "key=xxxx");
    expect(await msg91.report([{ message, status: "1", desc: "DELIVERED" }])).toBe(404);
    expect(await work()).toMatchObject([
      { kind: "delivered", publicId: message.publicId, occurredAt: new Date("2026-11-22T10:01:58Z") },
      { kind: "failed", reason: "opted_out" },
      { kind: "opted_out", channel: "sms", address: "+919812345678" },
    ]);
  });
});

describe("the worker's loop", () => {
  const statusOf = () =>
    db.owner`select processed_at is not null as done, given_up_at is not null as given_up, attempts, failure
      from webhook_receipts order by id`;

  test("keeps what cannot be read, with its reason, and it holds up nobody", async () => {
    const { id, adapter } = await connect("whatsapp", "meta");
    const { headers } = signedCall({ statuses: [] });
    await db.owner`
      insert into webhook_receipts (workspace_id, account_id, provider, url, headers, body)
      values (${workspaceId}, ${id}, 'meta', 'https://x.test', ${db.owner.json(headers)}, ${Buffer.from("[]")})`;
    await meta.tell(await sendOne(adapter), "delivered");
    expect(await work()).toHaveLength(1);
    expect(await statusOf()).toMatchObject([
      { done: false, given_up: true, failure: expect.stringContaining("cannot be read") },
      { done: true, given_up: false },
    ]);
  });

  test("tries a failing one again, later each time, and gives it up at last; the others go through", async () => {
    const { adapter } = await connect("whatsapp", "meta");
    const poison = await sendOne(adapter);
    const fine = await sendOne(adapter);
    await meta.tell(poison, "delivered");
    await meta.tell(fine, "delivered");
    const seen: string[] = [];
    const handle: EventHandler = async (_ctx, events) => {
      for (const { event } of events)
        if ("publicId" in event && event.publicId === poison.publicId) throw new Error("poison");
      seen.push(...events.map(({ event }) => ("publicId" in event ? String(event.publicId) : "")));
    };
    await work(handle);
    expect(seen).toEqual([fine.publicId]);
    expect(await statusOf()).toMatchObject([
      { done: false, given_up: false, attempts: 1, failure: "poison" },
      { done: true },
    ]);
    await work(handle);
    expect((await statusOf())[0]?.attempts, "not before its time").toBe(1);
    for (let hour = 1; hour < 8; hour++) {
      await db.moveClock(`${hour} hours`);
      await work(handle);
    }
    expect((await statusOf())[0]).toMatchObject({ done: false, given_up: true, attempts: 8 });
    await db.moveClock("0 hours");
  });

  test("two workers never hand on the same receipt", async () => {
    const { adapter } = await connect("whatsapp", "meta");
    for (let index = 0; index < 20; index++) await meta.tell(await sendOne(adapter), "delivered");
    const seen: string[] = [];
    const handle: EventHandler = async (_ctx, events) => {
      seen.push(...events.map(({ event }) => ("publicId" in event ? String(event.publicId) : "")));
    };
    await Promise.all([processReceipts(handle), processReceipts(handle), processReceipts(handle)]);
    await processReceipts(handle);
    expect(seen).toHaveLength(20);
    expect(new Set(seen).size).toBe(20);
  });

  test("forgets what was done a month ago, and keeps what was not", async () => {
    const { adapter } = await connect("whatsapp", "meta");
    await meta.tell(await sendOne(adapter), "delivered");
    await work();
    await meta.tell(await sendOne(adapter), "delivered");
    await forgetReceipts();
    expect(await statusOf()).toHaveLength(2);
    await db.moveClock("31 days");
    await forgetReceipts();
    expect(await statusOf()).toMatchObject([{ done: false }]);
    await db.moveClock("0 days");
  });
});
