import { simpleParser } from "mailparser";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { freePort } from "@/db/ports";
import { testDatabase } from "@/db/testing/database";
import { makeCustomers, makeMember, makeWorkspace } from "@/db/testing/factories";
import { env } from "@/env";
import { closeAdapters } from "@/server/channels";
import { uploadFile } from "@/server/files";
import { chunks } from "@/server/files/testing/samples";
import type { Context } from "@/server/platform/context";
import { newId } from "@/server/platform/ids";
import { completeRun } from "./complete-run";
import { explainDelivery } from "./explain";
import { runFigures } from "./figures";
import { freezeRun } from "./freeze-run";
import { listRecipients } from "./list-recipients";
import { encodePublicId } from "./public-id";
import { MOST_ATTEMPTS } from "./retries";
import { settleUnknown } from "./settle-unknown";
import {
  type CampaignSeed,
  grantConsent,
  type LaunchedCampaign,
  makeLaunchedCampaign,
} from "./testing/campaign";
import { temporaryDataDir } from "./testing/data-dir";
import { drain } from "./testing/drain";
import { expectFigures } from "./testing/expect-figures";
import { type Sink, startSink } from "./testing/sink";

temporaryDataDir();
const db = await testDatabase();
let ctx: Context;
let sink: Sink;
let customers: string[];

beforeEach(async () => {
  await db.moveClock("0");
  ctx = await makeMember(db.owner, await makeWorkspace(db.owner));
  sink = await startSink({ keepBodies: true });
  env.SMTP_URL = sink.url;
});

afterEach(async () => {
  await closeAdapters();
  await sink.close();
});

async function launch(size: number, seed: CampaignSeed = {}): Promise<LaunchedCampaign> {
  const seeds = Array.from({ length: size }, (_, index) => ({
    email: `person${index}.${ctx.workspaceId}@example.test`,
  }));
  customers = await makeCustomers(db.owner, ctx.workspaceId, seeds);
  await grantConsent(db.owner, ctx.workspaceId, seed.purpose ?? "service");
  const campaign = await makeLaunchedCampaign(db.owner, ctx.workspaceId, seed);
  await freezeRun(ctx, campaign);
  return campaign;
}

const only = (index: number) => (address: string) => address.startsWith(`person${index}.`);
const most = () => Math.max(0, ...sink.taken.values());

describe("a campaign over SMTP", () => {
  test("arrives once at each customer, with both parts, our id and the one-click way out", async () => {
    const campaign = await launch(120, { purpose: "promotional" });
    await drain();
    expect(await expectFigures(db.owner, ctx, campaign)).toEqual({ targeted: 120, delivered: 120 });
    expect([sink.taken.size, most()]).toEqual([120, 1]);
    const mail = await simpleParser(sink.bodies[0] ?? "");
    const id = String(mail.headers.get("x-ringback-id"));
    expect(mail.messageId).toBe(`<${id}@ringback.invalid>`);
    expect(mail.from?.value[0]?.name).toBe("Suraksha Insurance");
    expect(mail.subject).toMatch(/^Your renewal, Customer \d+$/);
    expect(mail.text).toContain("Renew now: ");
    expect(mail.html).toContain(`/t/c/${id}/0`);
    const raw = (sink.bodies[0] ?? "").replace(/\r\n[ \t]+/g, " ");
    expect(raw).toMatch(new RegExp(`^List-Unsubscribe: <[^>\\s]+/unsubscribe/${id}\\.[\\w-]+>\\r?$`, "m"));
    expect(raw).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click\r?$/m);
  });

  test("carries its attachments whole, to each customer", async () => {
    const marketer = await makeMember(db.owner, ctx.workspaceId, "marketer");
    const bytes = Buffer.from(`%PDF-1.7 ${"नमस्ते ".repeat(20_000)}`);
    const { id } = await uploadFile(marketer, {
      name: "पॉलिसी.pdf",
      kinds: ["document"],
      content: chunks(bytes),
    });
    await launch(12, {
      attachments: [{ fileId: id, name: "पॉलिसी.pdf", mediaType: "application/pdf", bytes: bytes.length }],
    });
    await drain();
    expect([sink.taken.size, most()]).toEqual([12, 1]);
    for (const body of sink.bodies) {
      const mail = await simpleParser(body);
      expect(mail.text).toContain("Renew now: ");
      expect(mail.html).toContain("/t/c/");
      expect(mail.attachments).toHaveLength(1);
      expect(mail.attachments[0]).toMatchObject({ filename: "पॉलिसी.pdf", contentType: "application/pdf" });
      expect(mail.attachments[0]?.content.equals(bytes)).toBe(true);
    }
  });

  test("whose attachment is gone pauses and says so, and holds up no other", async () => {
    const attachments = [{ fileId: newId(), name: "x.pdf", mediaType: "application/pdf", bytes: 1 }];
    const ill = await launch(3, { attachments });
    const well = await makeLaunchedCampaign(db.owner, ctx.workspaceId);
    await freezeRun(ctx, well);
    await drain();
    expect(await expectFigures(db.owner, ctx, well)).toEqual({ targeted: 3, delivered: 3 });
    expect(await expectFigures(db.owner, ctx, ill)).toEqual({ targeted: 3, pending: 3 });
    const [said] = await db.owner`select status, failure from campaigns where id = ${ill.campaignId}`;
    expect(said).toEqual({ status: "paused", failure: expect.stringMatching(/file.*is gone.*then resume/) });
    const rests = await db.owner`select from channel_buckets where unreachable_until is not null`;
    expect(rests).toHaveLength(0);
  });

  test("of service messages offers no way out of promotion", async () => {
    await launch(1);
    await drain();
    expect(sink.bodies[0]).not.toMatch(/unsubscribe/i);
  });
});

describe("a mail server that says no", () => {
  test("for now, gets the message again later, and only that one", async () => {
    const campaign = await launch(30);
    const busy = only(7);
    sink.answer((to) =>
      busy(to) ? { take: false, at: "data", code: 451, text: "4.3.2 later please" } : { take: true },
    );
    await drain();
    expect(await expectFigures(db.owner, ctx, campaign)).toEqual({
      targeted: 30,
      delivered: 29,
      retrying: 1,
    });
    expect(await completeRun(ctx, campaign)).toBe(false);
    sink.answer(() => ({ take: true }));
    await drain();
    expect(sink.taken.size).toBe(29);
    await db.moveClock("2 minutes");
    await drain();
    expect(await expectFigures(db.owner, ctx, campaign)).toEqual({ targeted: 30, delivered: 30 });
    expect([sink.taken.size, most()]).toEqual([30, 1]);
    expect(await completeRun(ctx, campaign)).toBe(true);
  });

  test("again and again, is asked a bounded number of times", async () => {
    const campaign = await launch(2);
    const busy = only(0);
    sink.answer((to) =>
      busy(to) ? { take: false, at: "rcpt", code: 452, text: "4.2.2 full" } : { take: true },
    );
    for (let attempt = 1; attempt <= MOST_ATTEMPTS + 2; attempt++) {
      await db.moveClock(`${attempt} hours`);
      await drain();
    }
    expect(await expectFigures(db.owner, ctx, campaign)).toEqual({ targeted: 2, delivered: 1, failed: 1 });
    const { reasons } = await runFigures(ctx, campaign);
    expect(reasons).toEqual([{ state: "failed", reason: "gave_up", count: 1 }]);
    const [tries] = await db.owner`select count(*)::int as n from execution_results
      where run_number = ${campaign.runNumber} and state in ('retrying', 'failed')`;
    expect(tries?.n).toBe(MOST_ATTEMPTS);
  });

  test("to an address for good, is not asked about it by the next campaign either", async () => {
    const campaign = await launch(3);
    const dead = only(1);
    sink.answer((to) =>
      dead(to) ? { take: false, at: "rcpt", code: 550, text: "5.1.1 <x@y.test> unknown" } : { take: true },
    );
    await drain();
    expect(await expectFigures(db.owner, ctx, campaign)).toEqual({ targeted: 3, delivered: 2, failed: 1 });
    const failed = await listRecipients(ctx, { campaignId: campaign.campaignId, state: "failed" });
    expect(failed.rows[0]?.detail).toBe("550 5.1.1 <[address]> unknown");
    const next = await makeLaunchedCampaign(db.owner, ctx.workspaceId);
    await freezeRun(ctx, next);
    await drain();
    expect(await expectFigures(db.owner, ctx, next)).toEqual({ targeted: 3, delivered: 2, skipped: 1 });
    const explained = await explainDelivery(ctx, {
      campaignId: next.campaignId,
      customerId: customers[1] ?? "",
    });
    const answers = explained.messages[0]?.rules.map((rule) => `${rule.name} ${rule.answer}`);
    expect(answers?.slice(3, 6)).toEqual(["address yes", "suppression no", "consent not_asked"]);
    expect(answers?.slice(5).every((answer) => answer.endsWith(" not_asked"))).toBe(true);
  });

  test("because of its set-up, pauses the account with a sentence and burns nothing", async () => {
    const campaign = await launch(250);
    let refused = 0;
    sink.answer((_, stage) => {
      if (stage === "rcpt" || sink.taken.size < 40) return { take: true };
      refused++;
      return { take: false, at: "data", code: 550, text: "5.7.1 relaying denied" };
    });
    await drain();
    const [paused] = await db.owner`
      select id, trouble from channel_accounts where workspace_id = ${ctx.workspaceId} and status = 'paused'`;
    expect(paused?.trouble).toMatch(/refuses to send for this account .*relaying denied.*then resume/);
    const figures = await expectFigures(db.owner, ctx, campaign);
    expect(figures.failed).toBeUndefined();
    expect(refused).toBeLessThanOrEqual(10); // one for each connection that was open
    sink.answer(() => ({ take: true }));
    await db.owner`update channel_accounts set status = 'active' where id = ${paused?.id}`;
    await drain();
    expect(await expectFigures(db.owner, ctx, campaign)).toEqual({ targeted: 250, delivered: 250 });
    expect([sink.taken.size, most()]).toEqual([250, 1]);
  });

  test("by not being there, keeps every message for later", async () => {
    const campaign = await launch(20);
    env.SMTP_URL = `smtp://127.0.0.1:${await freePort()}`;
    const ends = await drain();
    expect(ends).toEqual([{ end: "unreachable", sentence: expect.stringMatching(/cannot be reached/) }]);
    expect(await expectFigures(db.owner, ctx, campaign)).toEqual({ targeted: 20, pending: 20 });
    env.SMTP_URL = sink.url;
    await db.moveClock("1 minute");
    await drain();
    expect(await expectFigures(db.owner, ctx, campaign)).toEqual({ targeted: 20, delivered: 20 });
  });
});

describe("a lost answer", () => {
  const breakAt = (index: number) => {
    const lost = only(index);
    sink.answer((to) => (lost(to) ? { take: true, silent: true } : { take: true }));
  };

  test("makes the message unknown: counted apart, never sent again, settled by a person", async () => {
    const campaign = await launch(40);
    breakAt(11);
    await drain();
    await db.moveClock("1 day");
    await drain();
    expect(await expectFigures(db.owner, ctx, campaign)).toEqual({ targeted: 40, delivered: 39, unknown: 1 });
    expect([sink.taken.size, most()]).toEqual([40, 1]);
    const { rows } = await listRecipients(ctx, { campaignId: campaign.campaignId, state: "unknown" });
    expect(rows.map((row) => row.customerId)).toEqual([customers[11]]);
    const marketer = await makeMember(db.owner, ctx.workspaceId, "marketer");
    const settle = () => settleUnknown(marketer, { campaignId: campaign.campaignId, outcome: "sent" });
    const settled = await Promise.all([settle(), settle()]);
    expect(settled.reduce((sum, count) => sum + count, 0)).toBe(1);
    expect(await expectFigures(db.owner, ctx, campaign)).toEqual({ targeted: 40, delivered: 39, sent: 1 });
    expect((await runFigures(ctx, campaign)).reasons).toEqual([]);
  });

  test("is sent again where the campaign says that missing is worse", async () => {
    const campaign = await launch(10, { onUnknown: "resend" });
    breakAt(3);
    await drain();
    sink.answer(() => ({ take: true }));
    await db.moveClock("2 minutes");
    await drain();
    expect(await expectFigures(db.owner, ctx, campaign)).toEqual({ targeted: 10, delivered: 10 });
    const [execution] = await db.owner<{ part: number; seq: number }[]>`
      select part, seq from executions where run_number = ${campaign.runNumber} and customer_id = ${customers[3] ?? ""}`;
    const { part, seq } = execution ?? { part: 0, seq: 0 };
    expect(sink.taken.get(encodePublicId({ part, seq, runNumber: campaign.runNumber }))).toBe(2);
  });
});
