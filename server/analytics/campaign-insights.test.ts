import { expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeCustomers, makeMember, makeWorkspace } from "@/db/testing/factories";
import { encodePublicId } from "@/server/deliveries";
import { freezeRun } from "@/server/deliveries/freeze-run";
import { grantConsent, makeLaunchedCampaign } from "@/server/deliveries/testing/campaign";
import { temporaryDataDir } from "@/server/deliveries/testing/data-dir";
import { drain } from "@/server/deliveries/testing/drain";
import { recordClick } from "@/server/tracking";
import { visit } from "@/server/tracking/testing/ledger";
import { campaignInsights } from "./insights";

temporaryDataDir();
const db = await testDatabase();

test("what a campaign's customers teach follows each click, for those who may read the campaign", async () => {
  await db.setClock("2026-11-20T12:10:00+05:30");
  const ctx = await makeMember(db.owner, await makeWorkspace(db.owner));
  await makeCustomers(
    db.owner,
    ctx.workspaceId,
    Array.from({ length: 120 }, (_, nth) => ({ tier: nth % 2 ? "gold" : "silver" })),
  );
  await grantConsent(db.owner, ctx.workspaceId);
  const campaign = await makeLaunchedCampaign(db.owner, ctx.workspaceId);
  await freezeRun(ctx, campaign);
  await drain();
  expect(await campaignInsights(ctx, campaign)).toEqual([]);

  const gold = await db.owner<{ part: number; seq: number }[]>`
    select e.part, e.seq from executions e join customers c on c.id = e.customer_id
    where e.run_number = ${campaign.runNumber} and c.tier = 'gold' order by e.seq`;
  for (const [clicks, own] of [
    [gold.slice(0, 15), 15],
    [gold.slice(15, 25), 25],
  ] as const) {
    for (const key of clicks)
      await recordClick(encodePublicId({ ...key, runNumber: campaign.runNumber }), "0", visit());
    const [first] = await campaignInsights(ctx, campaign);
    expect(first).toMatchObject({
      ...{ dimension: "tier", key: "gold", metric: "click" },
      ...{ own: { x: own, n: 60 }, others: { x: 0, n: 60 } },
    });
  }

  const stranger = await makeMember(db.owner, await makeWorkspace(db.owner));
  await expect(campaignInsights(stranger, campaign)).rejects.toMatchObject({ code: "NOT_FOUND" });
  const agent = await makeMember(db.owner, ctx.workspaceId, "agent");
  await expect(campaignInsights(agent, campaign)).rejects.toMatchObject({ code: "FORBIDDEN" });
});
