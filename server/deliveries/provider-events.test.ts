import fc from "fast-check";
import { beforeEach, describe, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeMember, makeWorkspace } from "@/db/testing/factories";
import type { ProviderEvent } from "@/server/channels/provider-event";
import type { Context } from "@/server/platform/context";
import { completeRun } from "./complete-run";
import { runFigures } from "./figures";
import { countEarlyEvents, recordProviderEvents } from "./record-provider-events";
import type { CampaignSeed } from "./testing/campaign";
import { temporaryDataDir } from "./testing/data-dir";
import { drain } from "./testing/drain";
import { expectFigures } from "./testing/expect-figures";
import { report, silentProvider } from "./testing/provider";
import { expectRecounted, launchOnWhatsApp, publicIdsOf } from "./testing/whatsapp-run";

temporaryDataDir();
const db = await testDatabase();
let ctx: Context;

beforeEach(async () => {
  await db.setClock("2026-11-25T12:00:00+05:30");
  ctx = await makeMember(db.owner, await makeWorkspace(db.owner));
});

const UTILITY = 135_700; // ₹0.115 and 18 % tax, to the micro-unit

const launch = (size: number, seed: CampaignSeed = {}) => launchOnWhatsApp(db.owner, ctx, { size, ...seed });

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
        const ids = await publicIdsOf(db.owner, campaign);
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
        await expectRecounted(db.owner, campaign);
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
    const [first = "", second = ""] = await publicIdsOf(db.owner, campaign);
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
    await expectRecounted(db.owner, campaign);
  });

  test("charges what the provider says instead of the price list, and only in the workspace's currency", async () => {
    const campaign = await launch(2);
    await drain({ adapter: silentProvider() });
    const [first = "", second = ""] = await publicIdsOf(db.owner, campaign);
    await recordProviderEvents(ctx, [
      report(first, "delivered"),
      report(first, "read", { cost: { micros: 99_000n, currency: "INR" } }),
      report(second, "delivered", { cost: { micros: 5_000n, currency: "USD" } }),
    ]);
    expect((await runFigures(ctx, campaign)).cost).toBe(String(99_000 + UTILITY));
    await expectRecounted(db.owner, campaign);
  });

  test("suppresses a dead address, withdraws the consent of an opt-out, and ignores what is not ours", async () => {
    const campaign = await launch(2);
    await drain({ adapter: silentProvider() });
    const [first = ""] = await publicIdsOf(db.owner, campaign);
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
    const [id = ""] = await publicIdsOf(db.owner, campaign);
    await recordProviderEvents(ctx, [report(id, "delivered")]);
    expect(await expectFigures(db.owner, ctx, campaign)).toEqual({ targeted: 1, delivered: 1 });
    await db.setClock("2026-11-26T12:00:00+05:30");
    const provider = silentProvider();
    await drain({ adapter: provider });
    expect(provider.sent).toEqual([]);
    expect(await completeRun(ctx, campaign)).toBe(true);
  });
});
