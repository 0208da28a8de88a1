import { beforeEach, describe, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeMember, makeWorkspace } from "@/db/testing/factories";
import type { Context } from "@/server/platform/context";
import { completeRun } from "./complete-run";
import { recordProviderEvents } from "./record-provider-events";
import { settleUnknown } from "./settle-unknown";
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
    await expectRecounted(db.owner, campaign);
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
    expect(await statesOf(ctx, campaign)).toEqual(["failed settled_failed"]);
    const [id = ""] = await publicIdsOf(db.owner, campaign);
    await recordProviderEvents(ctx, [report(id, "delivered")]);
    expect(await expectFigures(db.owner, ctx, campaign)).toEqual({ targeted: 1, delivered: 1 });
    await expectRecounted(db.owner, campaign);
  });
});
