import { beforeEach, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeCustomers, makeMember, makeWorkspace } from "@/db/testing/factories";
import type { Context } from "@/server/platform/context";
import { freezeRun } from "./freeze-run";
import { listRecipients } from "./list-recipients";
import { grantConsent, type LaunchedCampaign, makeLaunchedCampaign } from "./testing/campaign";
import { temporaryDataDir } from "./testing/data-dir";
import { drain } from "./testing/drain";

temporaryDataDir();
const db = await testDatabase();
let ctx: Context;

beforeEach(async () => {
  ctx = await makeMember(db.owner, await makeWorkspace(db.owner));
  const [tokyo = "", , nowhere = ""] = await makeCustomers(db.owner, ctx.workspaceId, [{}, {}, {}]);
  await db.owner`update customers set time_zone = 'Asia/Tokyo' where id = ${tokyo}`;
  await db.owner`update customers set time_zone = 'Mars/Olympus' where id = ${nowhere}`;
  await grantConsent(db.owner, ctx.workspaceId);
});

async function launch(sendAt: string | null): Promise<LaunchedCampaign> {
  const campaign = await makeLaunchedCampaign(db.owner, ctx.workspaceId);
  await db.owner`
    update campaign_runs set content = content || ${db.owner.json({ sendAt })} where number = ${campaign.runNumber}`;
  await freezeRun(ctx, campaign);
  return campaign;
}

const statesOf = async ({ campaignId }: LaunchedCampaign) => {
  const { rows } = await listRecipients(ctx, { campaignId });
  return rows.map(({ state, reason }) => (reason ? `${state} ${reason}` : state));
};

test("sent by each customer's own clock a message waits until it is that time there, to the minute", async () => {
  await db.setClock("2026-12-01T10:30:00+09:00");
  const campaign = await launch("2026-12-01T10:30");
  await drain();
  expect(await statesOf(campaign)).toEqual(["delivered", "held own_time", "held own_time"]);
  const { rows } = await listRecipients(ctx, { campaignId: campaign.campaignId });
  // Whose zone is unknown counts as being at the workspace's place.
  for (const row of rows.slice(1)) {
    expect(row.notBefore).toEqual(new Date("2026-12-01T10:30:00+05:30"));
    expect(row.detail).toBe("2026-12-01 10:30 in Asia/Kolkata");
  }
  await db.setClock("2026-12-01T10:30:00+05:30");
  await drain();
  expect(await statesOf(campaign)).toEqual(["delivered", "delivered", "delivered"]);
});

test("sent by the workspace's clock everybody gets it at once", async () => {
  await db.setClock("2026-12-01T10:30:00+09:00");
  const campaign = await launch(null);
  await drain();
  expect(await statesOf(campaign)).toEqual(["delivered", "delivered", "delivered"]);
});
