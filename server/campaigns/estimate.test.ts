import { beforeEach, describe, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeCustomers, makeMember, makeWorkspace } from "@/db/testing/factories";
import type { Context } from "@/server/platform/context";
import { newId } from "@/server/platform/ids";
import { preflightCampaign } from "./preflight";
import { grantConsent, makeCampaign } from "./testing/arrange";
import { updateCampaign } from "./update";

const db = await testDatabase();
let ctx: Context & { userId: string };

beforeEach(async () => {
  ctx = await makeMember(db.owner, await makeWorkspace(db.owner));
  const ids = await makeCustomers(db.owner, ctx.workspaceId, 20);
  await grantConsent(db.owner, ctx.workspaceId, ids);
});

const MAIL = 11_800n; // ₹0.01 and 18 % tax

/** What a campaign of the workspace came to: messages delivered and answered. */
async function results(delivered: number, replied: number): Promise<void> {
  await db.owner`
    insert into run_rollups (workspace_id, run_number, campaign_id, bucket, channel, sent, delivered, replied)
    values (${ctx.workspaceId}, 1, ${newId()}, clock_now() - interval '3 days', 'email', ${delivered}, ${delivered}, ${replied})`;
}

describe("the summary of a draft", () => {
  test("costs one message's price times those whom it reaches, less the hold-out", async () => {
    const id = await makeCampaign(db.owner, ctx, {});
    expect((await preflightCampaign(ctx, { id })).estimate.cost).toBe((20n * MAIL).toString());
    await updateCampaign(ctx, { id, version: 1, changes: { holdOut: 25 } });
    expect((await preflightCampaign(ctx, { id })).estimate.cost).toBe((15n * MAIL).toString());
  });

  test("takes as long as the pace makes it", async () => {
    const id = await makeCampaign(db.owner, ctx, {});
    await updateCampaign(ctx, { id, version: 1, changes: { ratePerSecond: 0.5 } });
    expect((await preflightCampaign(ctx, { id })).estimate.seconds).toBe(40);
  });

  test("expects answers by the share that past messages brought, and none without past messages", async () => {
    const id = await makeCampaign(db.owner, ctx, {});
    expect((await preflightCampaign(ctx, { id })).expected).toMatchObject({ responses: null, delivered: 0 });
    await results(200, 30);
    expect((await preflightCampaign(ctx, { id })).expected).toMatchObject({ responses: 3, delivered: 200 });
  });

  test("names the hours of contact of its channels, where there are any", async () => {
    const mail = await makeCampaign(db.owner, ctx, {});
    expect((await preflightCampaign(ctx, { id: mail })).hours).toEqual([]);
    const sms = await makeCampaign(db.owner, ctx, { category: "newsletter", channels: ["sms"] });
    expect((await preflightCampaign(ctx, { id: sms })).hours).toEqual([
      { channel: "sms", from: "10:00", to: "21:00" },
    ]);
  });

  test("says nothing about cost while there is nothing that could be sent", async () => {
    const id = await makeCampaign(db.owner, ctx, { subject: " " });
    expect((await preflightCampaign(ctx, { id })).estimate).toEqual({ cost: null, seconds: null });
  });
});
