import nodemailer from "nodemailer";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeWorkspace } from "@/db/testing/factories";
import { env } from "@/env";
import { inboundAddress } from "@/server/channels/smtp/inbound-address";
import { encodePublicId, unsubscribeUrl } from "@/server/deliveries";
import { makeSentRun, type SentRun } from "@/server/tracking/testing/sent-run";
import { readInboundAddress } from "./address";
import { processMails } from "./process";
import { inboundKey, receivePosted } from "./receive-posted";
import { type Receiver, startReceiver } from "./receiver";
import {
  type About,
  delayNotice,
  exchangeBounce,
  gmailBounce,
  plainReply,
  postfixBounce,
  spamComplaint,
} from "./testing/samples";

env.INBOUND_MAIL_DOMAIN = "in.suraksha.example.com";
const db = await testDatabase();
let workspaceId: string;
let receiver: Receiver;
let run: SentRun;
let about: About;

beforeAll(async () => {
  workspaceId = await makeWorkspace(db.owner);
  receiver = await startReceiver({ host: "127.0.0.1", port: 0 });
});
afterAll(() => receiver.stop());
beforeEach(async () => {
  run = await makeSentRun(db.owner, workspaceId, { channel: "email" });
  const publicId = run.publicIds[0] ?? "";
  about = { publicId, recipient: run.addresses[0] ?? "", returnPath: addressOf("bounce", publicId) };
});

const addressOf = (what: "bounce" | "reply", publicId: string) => inboundAddress(what, publicId) ?? "";

/** Hands a mail over by SMTP, as a mail server would, and lets the worker's round do it. */
async function send(raw: Buffer, to = about.returnPath): Promise<void> {
  const transport = nodemailer.createTransport({ host: "127.0.0.1", port: receiver.port, ignoreTLS: true });
  try {
    await transport.sendMail({ envelope: { from: "", to }, raw });
  } finally {
    transport.close();
  }
  await processMails();
}

const outcomes = async () =>
  (await db.owner`select outcome from inbound_mails order by id`).map(({ outcome }) => outcome);
const lastOutcome = async () => (await outcomes()).at(-1);
const suppressed = async () => [
  ...(await db.owner`select channel, reason from suppressions s where workspace_id = ${workspaceId}
    and address_hint like ${`${about.recipient.slice(0, 1)}%`} order by created_at desc limit 1`),
];
const events = async () =>
  (
    await db.owner`select kind, detail ->> 'reason' as reason from delivery_events
      where run_number = ${run.runNumber} order by received_at`
  ).map(({ kind }) => kind);
const listed = async () =>
  (await db.owner`select 1 from suppressions where workspace_id = ${workspaceId}`).length;
const responses = async () => [
  ...(await db.owner`select class, text, customer_id as customer from responses where run_number = ${run.runNumber} order by id`),
];

describe("a return path", () => {
  test("is read in any case of letters, and nobody can make one", () => {
    const address = addressOf("bounce", about.publicId);
    expect(address.split("@")[0]?.length).toBeLessThanOrEqual(64);
    for (const spelled of [address, address.toUpperCase(), `<${address}>`])
      expect(readInboundAddress(spelled)).toEqual({ publicId: about.publicId, for: "bounce" });
    const forged = address.replace(/^bounce-(.)/, (_, first) => `bounce-${first === "a" ? "b" : "a"}`);
    for (const other of [forged, address.replace("in.", "out."), "bounce-abc@in.suraksha.example.com", "x@y"])
      expect(readInboundAddress(other)).toBeNull();
  });

  test("that is not ours is refused before the body; what is too large, after it", async () => {
    await expect(send(postfixBounce(about), "bounce-forged@in.suraksha.example.com")).rejects.toThrow(
      /5\.1\.1/,
    );
    await expect(send(Buffer.alloc(11 * 1024 * 1024, "a\r\n"))).rejects.toThrow(/552|size|large/i);
    expect(await outcomes()).toEqual([]);
  });
});

describe("delivery reports", () => {
  test.each([
    ["Postfix", postfixBounce],
    ["Exchange", exchangeBounce],
  ])("of %s about an address that does not exist: bounced, and suppressed", async (_, make) => {
    const before = await listed();
    await send(make(about));
    expect(await lastOutcome()).toBe("hard_bounce");
    expect(await events()).toEqual(["bounced"]);
    expect(await suppressed()).toEqual([{ channel: "email", reason: "hard_bounce" }]);
    expect(await listed()).toBe(before + 1);
    const [figures] =
      await db.owner`select sum(bounced)::int as bounced from run_rollups where run_number = ${run.runNumber}`;
    expect(figures?.bounced).toBe(1);
  });

  test("of Gmail about a full inbox count; the third in a row ends it", async () => {
    const before = await listed();
    for (let nth = 1; nth <= 3; nth++) {
      await send(gmailBounce(about));
      expect(await lastOutcome()).toBe("soft_bounce");
      expect(await listed()).toBe(before + (nth === 3 ? 1 : 0));
      if (nth === 3) break;
      const next = await makeSentRun(db.owner, workspaceId, { channel: "email" });
      await db.owner`update executions set customer_id = ${run.customerIds[0] ?? ""} where run_number = ${next.runNumber}`;
      run = { ...next, customerIds: run.customerIds };
      const publicId = next.publicIds[0] ?? "";
      about = { ...about, publicId, returnPath: addressOf("bounce", publicId) };
    }
  });

  test("the same twice is one; one that only says “delayed” changes nothing", async () => {
    await send(delayNotice(about));
    expect([await lastOutcome(), await events()]).toEqual(["delayed", []]);
    await send(postfixBounce(about));
    const count = (await outcomes()).length;
    await send(postfixBounce(about));
    expect([(await outcomes()).length, await events()]).toEqual([count, ["bounced"]]);
  });

  test("keep the server's words without the address", async () => {
    await send(postfixBounce(about));
    const [event] = await db.owner`select detail from delivery_events where run_number = ${run.runNumber}`;
    expect(JSON.stringify(event?.detail)).toContain("5.1.1");
    expect(JSON.stringify(event?.detail)).not.toContain(about.recipient);
  });
});

test("“this is spam” withdraws promotion with evidence, suppresses the address for good, and counts", async () => {
  await send(spamComplaint(about));
  expect(await lastOutcome()).toBe("complaint");
  const [entry] = await db.owner`
    select action, source, channel, evidence from consents where customer_id = ${run.customerIds[0] ?? ""}`;
  expect(entry).toEqual({
    action: "withdrawn",
    source: "complaint",
    channel: "email",
    evidence: { execution: about.publicId, feedback: "abuse" },
  });
  expect(await suppressed()).toEqual([{ channel: "email", reason: "complaint" }]);
  expect(await events()).toEqual(["complained"]);
  const [figures] =
    await db.owner`select sum(complained)::int as n from run_rollups where run_number = ${run.runNumber}`;
  expect(figures?.n).toBe(1);
});

describe("answers", () => {
  const answer = (body: string, more: Partial<Parameters<typeof plainReply>[0]> = {}) =>
    send(
      plainReply({
        from: `Asha <${about.recipient}>`,
        to: addressOf("reply", about.publicId),
        body,
        ...more,
      }),
      addressOf("reply", about.publicId),
    );

  test("go to the responses; what the mail program repeats below is not the customer's", async () => {
    await answer(
      "Please call me tomorrow.\n\nOn Wed, 25 Nov 2026 at 09:00, Suraksha <no-reply@suraksha.example.com>\nwrote:\n\n> Reply STOP to unsubscribe. This is a fraud warning.",
    );
    expect(await lastOutcome()).toBe("reply");
    expect(await responses()).toEqual([
      { class: "callback_request", text: "Please call me tomorrow.", customer: run.customerIds[0] },
    ]);
    expect(await events()).toEqual(["replied"]);
  });

  test("“STOP” by mail withdraws promotion", async () => {
    await answer("STOP\n\n-----Original Message-----\nFrom: Suraksha\nDear Asha");
    const [state] = await db.owner`
      select granted from consent_states where customer_id = ${run.customerIds[0] ?? ""} and channel = 'email' and purpose = 'promotional'`;
    expect(state?.granted).toBe(false);
  });

  test.each([
    ["an absence note", "Auto-Submitted: auto-replied\n", "reply"],
    ["an old one", "X-Autoreply: yes\n", "reply"],
    ["a list", "Precedence: bulk\n", "reply"],
    ["whatever comes to the return path", "", "bounce"],
  ] as const)("%s is kept and does not count", async (_, headers, door) => {
    const to = addressOf(door, about.publicId);
    await send(
      plainReply({ from: about.recipient, to, body: "Please stop, call me. Back on Monday.", headers }),
      to,
    );
    expect(await lastOutcome()).toBe("automatic");
    expect(await responses()).toMatchObject([{ class: "auto_reply" }]);
    expect(await events()).toEqual([]);
  });

  test("that cannot be written down keep a reason without the words", async () => {
    await db.owner`alter table responses add constraint not_this check (text <> 'My knee is bad') not valid`;
    await answer("My knee is bad");
    await db.owner`alter table responses drop constraint not_this`;
    const [waiting] = await db.owner`select id, failure from inbound_mails where processed_at is null`;
    expect(waiting?.failure).toBe("refused by the database (23514)");
    await processMails();
    expect(await responses()).toMatchObject([{ text: "My knee is bad" }]);
  });

  test("our own mail that comes back is nothing", async () => {
    await answer("Dear Asha", { headers: `X-Ringback-Id: ${about.publicId}\n` });
    expect([await lastOutcome(), await responses()]).toEqual(["ignored", []]);
  });
});

describe("a mail to the address in List-Unsubscribe", () => {
  const token = (publicId: string) => unsubscribeUrl(publicId).split("/").at(-1) ?? "";
  const wayOut = (publicId: string) => inboundAddress("unsubscribe", token(publicId)) ?? "";
  const granted = async () =>
    (
      await db.owner`
        select granted from consent_states where customer_id = ${run.customerIds[0] ?? ""} and channel = 'email' and purpose = 'promotional'`
    )[0]?.granted;

  test.each([
    ["a person's", ""],
    ["one that a mail program wrote by itself", "Auto-Submitted: auto-generated\n"],
  ])("withdraws promotion once, whatever it says: %s", async (_, headers) => {
    const to = wayOut(about.publicId);
    expect(to.split("@")[0]?.length).toBeLessThanOrEqual(64);
    for (let time = 0; time < 2; time++)
      await send(plainReply({ from: about.recipient, to, body: "", headers }), to.toUpperCase());
    expect([await lastOutcome(), await granted()]).toEqual(["unsubscribed", false]);
    expect(await events()).toEqual(["unsubscribed"]);
    expect(await responses()).toEqual([]);
    expect(await suppressed()).toEqual([{ channel: "email", reason: "unsubscribed" }]);
  });

  test("is read of nobody who has seen the message's other links only", async () => {
    const id = inboundAddress("reply", about.publicId)?.replace(/^reply/, "unsubscribe") ?? "";
    const [other = ""] = (await makeSentRun(db.owner, workspaceId, { channel: "email" })).publicIds;
    const swapped = `${about.publicId}.${token(other).split(".")[1]}`;
    for (const forged of [id, inboundAddress("unsubscribe", swapped) ?? ""])
      await expect(send(plainReply({ from: "a@b.test", to: forged, body: "" }), forged)).rejects.toThrow(
        /5\.1\.1/,
      );
    expect(await granted()).toBe(true);
  });

  test("that reports a bounce leaves the consent alone", async () => {
    const to = wayOut(about.publicId);
    await send(postfixBounce({ ...about, returnPath: to }), to);
    expect([await lastOutcome(), await granted()]).toEqual(["hard_bounce", true]);
  });
});

describe("the door for mail services", () => {
  const post = (raw: Buffer, recipients: string[], key = inboundKey()) =>
    receivePosted({ key, recipients, raw });

  test("takes a mail with the key, also where only its headers name us; it is done like any other", async () => {
    const to = addressOf("reply", about.publicId);
    const raw = plainReply({ from: about.recipient, to: `Suraksha <${to}>`, body: "What is the premium?" });
    expect(await post(raw, [])).toBe("stored");
    await processMails();
    expect(await responses()).toMatchObject([{ class: "question" }]);
  });

  test("refuses another key, and keeps nothing that is not for us", async () => {
    const before = await outcomes();
    const raw = plainReply({ from: "a@b.test", to: "c@d.test", body: "Hello" });
    expect(await post(raw, [about.returnPath], "wrong")).toBe("refused");
    expect(await post(raw, ["c@d.test"])).toBe("stored");
    expect(await outcomes()).toEqual(before);
  });
});

test("a mail about a run that is not there is kept as unknown", async () => {
  const publicId = encodePublicId({ part: 1, runNumber: 999_999, seq: 1 });
  const to = addressOf("bounce", publicId);
  await send(postfixBounce({ ...about, publicId, returnPath: to }), to);
  expect(await lastOutcome()).toBe("unknown");
});
