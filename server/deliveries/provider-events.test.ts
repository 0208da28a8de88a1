import fc from "fast-check";
import { beforeEach, describe, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeCustomers, makeMember, makeWorkspace } from "@/db/testing/factories";
import type { ProviderEvent } from "@/server/channels/provider-event";
import type { Context } from "@/server/platform/context";
import { completeRun } from "./complete-run";
import { fallBack } from "./fall-back";
import { runFigures } from "./figures";
import { freezeRun } from "./freeze-run";
import { listRecipients } from "./list-recipients";
import { encodePublicId } from "./public-id";
import { countEarlyEvents, recordProviderEvents } from "./record-provider-events";
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
import { report, silentProvider } from "./testing/provider";

temporaryDataDir();
const db = await testDatabase();
let ctx: Context;

beforeEach(async () => {
  await db.setClock("2026-11-25T12:00:00+05:30");
  ctx = await makeMember(db.owner, await makeWorkspace(db.owner));
});

const UTILITY = 135_700; // ₹0.115 and 18 % tax, to the micro-unit

async function launch(size: number, seed: CampaignSeed = {}): Promise<LaunchedCampaign> {
  const seeds = Array.from({ length: size }, (_, index) => ({ phone: `+9198765${43_000 + index}` }));
  await makeCustomers(db.owner, ctx.workspaceId, seeds);
  await grantConsent(db.owner, ctx.workspaceId, "service", ["whatsapp", "sms", "email"]);
  const campaign = await makeLaunchedCampaign(db.owner, ctx.workspaceId, { channels: ["whatsapp"], ...seed });
  await freezeRun(ctx, campaign);
  return campaign;
}

async function idsOf({ runNumber }: LaunchedCampaign): Promise<string[]> {
  const rows = await db.owner<{ part: number; seq: number }[]>`
    select part, seq from executions where run_number = ${runNumber} order by seq`;
  return rows.map(({ part, seq }) => encodePublicId({ part, runNumber, seq }));
}

/** The roll-ups and reasons as they stand, and as the rows say that they must. */
async function expectRecounted({ runNumber }: LaunchedCampaign): Promise<void> {
  const counted = await db.owner`
    select c.bucket, c.channel, c.variant, c.counter, c.n::int as n
    from (select part, array_agg(seq) as seqs from executions where run_number = ${runNumber} group by part) e,
      execution_counts(e.part, ${runNumber}, e.seqs) c where position(' ' in c.counter) = 0 order by 1, 2, 3, 4`;
  const kept = await db.owner`
    select r.bucket, r.channel, r.variant, v.key as counter, v.value::int as n from run_rollups r,
      jsonb_each_text(to_jsonb(r) - '{workspace_id,run_number,campaign_id,bucket,channel,variant,opened,clicked}'::text[]) v
    where r.run_number = ${runNumber} and v.value <> '0' order by 1, 2, 3, 4`;
  expect([...kept]).toEqual([...counted]);
}

const states = async (campaign: LaunchedCampaign): Promise<string[]> => {
  const { rows } = await listRecipients(ctx, { campaignId: campaign.campaignId });
  return rows.map(({ state, reason }) => (reason && state !== "sent" ? `${state} ${reason}` : state));
};

describe("what a provider reports", () => {
  test("is counted once, with the cost at the receipt, in any order, in any company and also before the result", async () => {
    const kinds = fc.constantFrom("delivered", "read", "failed", "bounced" as const);
    const history = fc.record({
      reports: fc.array(fc.tuple(fc.nat(3), kinds), { maxLength: 12 }),
      early: fc.nat(12),
      parts: fc.nat(3),
    });
    await fc.assert(
      fc.asyncProperty(history, async ({ reports, early, parts }) => {
        ctx = await makeMember(db.owner, await makeWorkspace(db.owner));
        const campaign = await launch(4);
        const ids = await idsOf(campaign);
        const events = reports.map(([index, kind]) => report(ids[index] ?? "", kind));
        const provider = silentProvider();
        const { send } = provider;
        provider.send = async (...given) => {
          const outcomes = await send(...given);
          await recordProviderEvents(ctx, events.slice(0, early));
          return outcomes;
        };
        await drain({ adapter: provider });
        await countEarlyEvents(ctx, campaign);
        for (let at = early; at < events.length; at += parts + 1)
          await recordProviderEvents(ctx, events.slice(at, at + parts + 1));
        await recordProviderEvents(ctx, events);
        await expectFigures(db.owner, ctx, campaign);
        await expectRecounted(campaign);
        const billed = new Set(
          reports.flatMap(([index, kind]) => (kind === "delivered" || kind === "read" ? [index] : [])),
        );
        const opened = new Set(reports.flatMap(([index, kind]) => (kind === "read" ? [index] : [])));
        expect(await runFigures(ctx, campaign)).toMatchObject({
          sent: 4,
          cost: String(billed.size * UTILITY),
          opened: opened.size,
        });
        await db.owner`update campaigns set status = 'cancelled' where id = ${campaign.campaignId}`;
      }),
      { numRuns: 25, seed: 5 },
    );
  });

  test("on a message whose outcome was unknown settles it", async () => {
    const campaign = await launch(3);
    await drain({
      adapter: silentProvider(() => ({ kind: "unknown", reason: "answer_lost", detail: "reset" })),
    });
    expect(await expectFigures(db.owner, ctx, campaign)).toEqual({ targeted: 3, unknown: 3 });
    const [first = "", second = ""] = await idsOf(campaign);
    await recordProviderEvents(ctx, [
      report(first, "delivered"),
      report(second, "failed", { reason: "not_delivered" }),
    ]);
    expect(await expectFigures(db.owner, ctx, campaign)).toEqual({
      targeted: 3,
      delivered: 1,
      failed: 1,
      unknown: 1,
    });
    expect((await runFigures(ctx, campaign)).reasons).toEqual([
      { state: "failed", reason: "not_delivered", count: 1 },
      { state: "unknown", reason: "answer_lost", count: 1 },
    ]);
    await expectRecounted(campaign);
  });

  test("charges what the provider says instead of the price list, and only in the workspace's currency", async () => {
    const campaign = await launch(2);
    await drain({ adapter: silentProvider() });
    const [first = "", second = ""] = await idsOf(campaign);
    await recordProviderEvents(ctx, [
      report(first, "delivered"),
      report(first, "read", { cost: { micros: 99_000n, currency: "INR" } }),
      report(second, "delivered", { cost: { micros: 5_000n, currency: "USD" } }),
    ]);
    expect((await runFigures(ctx, campaign)).cost).toBe(String(99_000 + UTILITY));
    await expectRecounted(campaign);
  });

  test("suppresses a dead address, withdraws the consent of an opt-out, and ignores what is not ours", async () => {
    const campaign = await launch(2);
    await drain({ adapter: silentProvider() });
    const [first = ""] = await idsOf(campaign);
    const optOut: ProviderEvent = {
      kind: "opted_out",
      channel: "whatsapp",
      address: "+919876543001",
      publicId: null,
      occurredAt: new Date(),
    };
    const stranger = await makeMember(db.owner, await makeWorkspace(db.owner));
    expect(await recordProviderEvents(stranger, [report(first, "delivered")])).toBe(0);
    expect(
      await recordProviderEvents(ctx, [
        report(first, "failed", { suppress: true, reason: "address_refused" }),
        report("forged", "delivered"),
        optOut,
      ]),
    ).toBe(1);
    const list = await db.owner`
      select reason, address_hint as hint from suppressions where workspace_id = ${ctx.workspaceId} order by reason`;
    expect(list.map(({ reason, hint }) => `${reason} ${hint}`)).toEqual([
      "hard_bounce +91•••3000",
      "unsubscribed +91•••3001",
    ]);
    const [consent] = await db.owner`
      select granted from consent_states s join customers c on c.id = s.customer_id
      where s.workspace_id = ${ctx.workspaceId} and c.phone = '+919876543001' and s.channel = 'whatsapp' and purpose = 'promotional'`;
    expect(consent?.granted).toBe(false);
  });

  test("on a message that waits to be tried again ends the wait", async () => {
    const campaign = await launch(1, { onUnknown: "resend" });
    await drain({
      adapter: silentProvider(() => ({ kind: "unknown", reason: "answer_lost", detail: "reset" })),
    });
    expect(await expectFigures(db.owner, ctx, campaign)).toEqual({ targeted: 1, retrying: 1 });
    const [id = ""] = await idsOf(campaign);
    await recordProviderEvents(ctx, [report(id, "delivered")]);
    expect(await expectFigures(db.owner, ctx, campaign)).toEqual({ targeted: 1, delivered: 1 });
    await db.setClock("2026-11-26T12:00:00+05:30");
    const provider = silentProvider();
    await drain({ adapter: provider });
    expect(provider.sent).toEqual([]);
    expect(await completeRun(ctx, campaign)).toBe(true);
  });
});

describe("WhatsApp without a receipt", () => {
  const bySms = { channel: "sms", afterHours: 4 } as const;

  test("goes by SMS after the hours that the campaign says, as a step of its own", async () => {
    const campaign = await launch(3, { fallBack: bySms });
    const provider = silentProvider();
    await drain({ adapter: provider });
    const [first = ""] = await idsOf(campaign);
    await recordProviderEvents(ctx, [report(first, "delivered")]);
    await db.setClock("2026-11-25T15:59:30+05:30");
    await drain({ adapter: provider });
    expect(provider.sent).toHaveLength(3);
    expect(await completeRun(ctx, campaign)).toBe(false);
    await db.setClock("2026-11-25T16:00:30+05:30");
    await drain({ adapter: provider });
    expect(provider.sent.slice(3).map(({ channel, text }) => `${channel} ${text}`)).toEqual([
      "sms Dear Customer 2, your policy is due. Suraksha",
      "sms Dear Customer 3, your policy is due. Suraksha",
    ]);
    expect(await expectFigures(db.owner, ctx, campaign)).toEqual({ targeted: 5, delivered: 1, sent: 4 });
    await expectRecounted(campaign);
    expect(await completeRun(ctx, campaign)).toBe(true);
  });

  test("that failed goes by SMS at once", async () => {
    const campaign = await launch(1, { fallBack: bySms });
    const provider = silentProvider();
    await drain({ adapter: provider });
    const [id = ""] = await idsOf(campaign);
    await recordProviderEvents(ctx, [report(id, "failed", { reason: "not_delivered" })]);
    await drain({ adapter: provider });
    expect(provider.sent.map(({ channel }) => channel)).toEqual(["whatsapp", "sms"]);
    expect(await states(campaign)).toEqual(["failed not_delivered", "sent"]);
  });

  test("whose receipt comes at that very moment has no second message, or one that rests", async () => {
    for (let round = 0; round < 4; round++) {
      const campaign = await launch(4, { fallBack: bySms });
      const provider = silentProvider();
      await drain({ adapter: provider });
      const ids = await idsOf(campaign);
      await db.setClock(`2026-11-25T1${round + 6}:30:00+05:30`);
      const events = ids.map((id) => report(id, "delivered"));
      // Now the one is first, now the other.
      const acts = [() => recordProviderEvents(ctx, events), () => fallBack(ctx, campaign)];
      await Promise.all((round % 2 === 0 ? acts : acts.reverse()).map((act) => act()));
      await drain({ adapter: provider });
      expect(provider.sent).toHaveLength(4);
      const figures = await expectFigures(db.owner, ctx, campaign);
      expect(figures.delivered).toBe(4);
      expect((figures.skipped ?? 0) + 4).toBe(figures.targeted);
      await expectRecounted(campaign);
      await db.owner`delete from customers where workspace_id = ${ctx.workspaceId}`;
    }
  });
});

describe("a person settles unknown messages", () => {
  const lost = () => silentProvider(() => ({ kind: "unknown", reason: "answer_lost", detail: "reset" }));

  test("by having them sent again, also after the end; until then they stay unknown", async () => {
    const campaign = await launch(2);
    await drain({ adapter: lost() });
    expect(await completeRun(ctx, campaign)).toBe(true);
    const marketer = await makeMember(db.owner, ctx.workspaceId, "marketer");
    const again = () => settleUnknown(marketer, { campaignId: campaign.campaignId, outcome: "again" });
    expect(await again()).toBe(2);
    expect(await again()).toBe(0);
    expect(await expectFigures(db.owner, ctx, campaign)).toEqual({ targeted: 2, unknown: 2 });
    expect(await completeRun(ctx, campaign)).toBe(false);
    const provider = silentProvider();
    await drain({ adapter: provider });
    expect(provider.sent).toHaveLength(2);
    expect(await expectFigures(db.owner, ctx, campaign)).toEqual({ targeted: 2, sent: 2 });
    await expectRecounted(campaign);
    expect(await completeRun(ctx, campaign)).toBe(true);
  });

  test("by having them sent again while a recurring campaign goes on: its completed run is taken up, no other", async () => {
    const campaign = await launch(2);
    await drain({ adapter: lost() });
    // Its next time is due tomorrow, so the campaign stays active when the run completes.
    await db.owner`update campaigns set due_at = clock_now() + interval '1 day', due_slot = 'tomorrow'
      where id = ${campaign.campaignId}`;
    expect(await completeRun(ctx, campaign)).toBe(true);
    await db.owner`
      insert into campaign_runs (id, workspace_id, campaign_id, slot, content, part, audience_size, status, completed_at)
      select gen_random_uuid(), workspace_id, campaign_id, 'before', content, part, 0, 'completed', clock_now()
      from campaign_runs where number = ${campaign.runNumber}`;
    const runs = async () => {
      const rows = await db.owner`
        select r.slot, r.status, c.status as campaign from campaign_runs r join campaigns c on c.id = r.campaign_id
        where c.id = ${campaign.campaignId} order by r.slot`;
      return rows.map(({ slot, status, campaign: of }) => `${slot} ${status} ${of}`);
    };
    expect(await runs()).toEqual(["before completed active", "launch completed active"]);
    expect(await settleUnknown(ctx, { campaignId: campaign.campaignId, outcome: "again" })).toBe(2);
    expect(await runs()).toEqual(["before completed active", "launch active active"]);
    const provider = silentProvider();
    await drain({ adapter: provider });
    expect(provider.sent).toHaveLength(2);
    expect(await expectFigures(db.owner, ctx, campaign)).toEqual({ targeted: 2, sent: 2 });
    expect(await completeRun(ctx, campaign)).toBe(true);
    expect(await runs()).toEqual(["before completed active", "launch completed active"]);
  });

  test("and not by sending again what was cancelled", async () => {
    const campaign = await launch(1);
    await drain({ adapter: lost() });
    await db.owner`update campaigns set status = 'cancelled' where id = ${campaign.campaignId}`;
    const again = settleUnknown(ctx, { campaignId: campaign.campaignId, outcome: "again" });
    await expect(again).rejects.toMatchObject({ code: "CONFLICT" });
  });

  test("as not sent, and a late receipt still has the last word", async () => {
    const campaign = await launch(1);
    await drain({ adapter: lost() });
    await settleUnknown(ctx, { campaignId: campaign.campaignId, outcome: "failed" });
    expect(await states(campaign)).toEqual(["failed settled_failed"]);
    const [id = ""] = await idsOf(campaign);
    await recordProviderEvents(ctx, [report(id, "delivered")]);
    expect(await expectFigures(db.owner, ctx, campaign)).toEqual({ targeted: 1, delivered: 1 });
    await expectRecounted(campaign);
  });
});
