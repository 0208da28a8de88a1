import { beforeEach, describe, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeCustomers, makeMember, makeWorkspace } from "@/db/testing/factories";
import type { Context } from "@/server/platform/context";
import { completeRun } from "./complete-run";
import { runFigures } from "./figures";
import { freezeRun } from "./freeze-run";
import { grantConsent, makeLaunchedCampaign, recount } from "./testing/campaign";
import { drain } from "./testing/drain";

const db = await testDatabase();
let ctx: Context;

beforeEach(async () => {
  ctx = await makeMember(db.owner, await makeWorkspace(db.owner));
});

const customers = (count: number) =>
  makeCustomers(
    db.owner,
    ctx.workspaceId,
    Array.from({ length: count }, () => ({})),
  );

/** The figures that partition the audience, without zeros, beside a recount of the raw rows. */
async function expectEqualRecount(campaignId: string, runNumber: number): Promise<Record<string, number>> {
  const figures = await runFigures(ctx, { campaignId });
  const {
    targeted,
    pending,
    sending,
    held,
    retrying,
    delivered,
    bounced,
    failed,
    unknown,
    skipped,
    cancelled,
  } = figures;
  const states = {
    targeted,
    pending,
    sending,
    held,
    retrying,
    delivered,
    bounced,
    failed,
    unknown,
    skipped,
    cancelled,
  };
  const counted = Object.fromEntries(Object.entries(states).filter(([, count]) => count > 0));
  expect(counted).toEqual(await recount(db.owner, runNumber));
  expect(Object.values(states).reduce((sum, count) => sum + count, 0)).toBe(2 * targeted);
  return counted;
}

describe("a campaign to the sandbox", () => {
  test("reaches every customer once, and its figures equal a recount", async () => {
    await customers(2_345);
    await grantConsent(db.owner, ctx.workspaceId);
    const { campaignId, runNumber } = await makeLaunchedCampaign(db.owner, ctx.workspaceId);
    expect(await freezeRun(ctx, { runNumber })).toMatchObject({ audienceSize: 2_345, status: "active" });
    expect(await expectEqualRecount(campaignId, runNumber)).toEqual({ targeted: 2_345, pending: 2_345 });
    expect(await completeRun(ctx, { runNumber })).toBe(false);
    await drain();
    expect(await expectEqualRecount(campaignId, runNumber)).toEqual({ targeted: 2_345, delivered: 2_345 });
    const [inbox] = await db.owner`
      select count(*)::int as messages, count(distinct customer_id)::int as customers from sandbox_messages
      where campaign_id = ${campaignId}`;
    expect(inbox).toEqual({ messages: 2_345, customers: 2_345 });
    expect(await completeRun(ctx, { runNumber })).toBe(true);
    const [campaign] = await db.owner`select status from campaigns where id = ${campaignId}`;
    expect(campaign?.status).toBe("completed");
  });
});
