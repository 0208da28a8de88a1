import { beforeEach, describe, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeMember, makeWorkspace } from "@/db/testing/factories";
import type { Context } from "@/server/platform/context";
import { completeRun } from "./complete-run";
import { fallBack } from "./fall-back";
import { recordProviderEvents } from "./record-provider-events";
import type { CampaignSeed } from "./testing/campaign";
import { temporaryDataDir } from "./testing/data-dir";
import { drain } from "./testing/drain";
import { expectFigures } from "./testing/expect-figures";
import { report, silentProvider } from "./testing/provider";
import { expectRecounted, launchOnWhatsApp, publicIdsOf, statesOf } from "./testing/whatsapp-run";

temporaryDataDir();
const db = await testDatabase();
let ctx: Context;

beforeEach(async () => {
  await db.setClock("2026-11-25T12:00:00+05:30");
  ctx = await makeMember(db.owner, await makeWorkspace(db.owner));
});

const launch = (size: number, seed: CampaignSeed = {}) => launchOnWhatsApp(db.owner, ctx, { size, ...seed });

describe("WhatsApp without a receipt", () => {
  const bySms = { channel: "sms", afterHours: 4 } as const;

  test("goes by SMS after the hours that the campaign says, as a step of its own", async () => {
    const campaign = await launch(3, { fallBack: bySms });
    const provider = silentProvider();
    await drain({ adapter: provider });
    const [first = ""] = await publicIdsOf(db.owner, campaign);
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
    await expectRecounted(db.owner, campaign);
    expect(await completeRun(ctx, campaign)).toBe(true);
  });

  test("that failed goes by SMS at once", async () => {
    const campaign = await launch(1, { fallBack: bySms });
    const provider = silentProvider();
    await drain({ adapter: provider });
    const [id = ""] = await publicIdsOf(db.owner, campaign);
    await recordProviderEvents(ctx, [report(id, "failed", { reason: "not_delivered" })]);
    await drain({ adapter: provider });
    expect(provider.sent.map(({ channel }) => channel)).toEqual(["whatsapp", "sms"]);
    expect(await statesOf(ctx, campaign)).toEqual(["failed not_delivered", "sent"]);
  });

  test("whose receipt comes at that very moment has no second message, or one that rests", async () => {
    for (let round = 0; round < 4; round++) {
      const campaign = await launch(4, { fallBack: bySms });
      const provider = silentProvider();
      await drain({ adapter: provider });
      const ids = await publicIdsOf(db.owner, campaign);
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
      await expectRecounted(db.owner, campaign);
      await db.owner`delete from customers where workspace_id = ${ctx.workspaceId}`;
    }
  });
});
