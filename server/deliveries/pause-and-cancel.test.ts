import { beforeEach, describe, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { type CustomerSeed, makeCustomers, makeMember, makeWorkspace } from "@/db/testing/factories";
import { withHotTransaction } from "@/db/transaction";
import { accountFor } from "@/server/channels";
import type { Context } from "@/server/platform/context";
import { cancelRemaining } from "./cancel-remaining";
import { freezeRun } from "./freeze-run";
import { grantConsent, makeLaunchedCampaign } from "./testing/campaign";
import { temporaryDataDir } from "./testing/data-dir";
import { drain } from "./testing/drain";
import { expectFigures } from "./testing/expect-figures";
import { inboxOf } from "./testing/inbox";

temporaryDataDir();
const db = await testDatabase();
let ctx: Context;

beforeEach(async () => {
  ctx = await makeMember(db.owner, await makeWorkspace(db.owner));
});

const customers = (wanted: CustomerSeed[] | number) => makeCustomers(db.owner, ctx.workspaceId, wanted);

const launch = (seed: Parameters<typeof makeLaunchedCampaign>[2] = {}) =>
  makeLaunchedCampaign(db.owner, ctx.workspaceId, seed);

const setStatus = (campaignId: string, status: string) =>
  db.owner`update campaigns set status = ${status} where id = ${campaignId}`;

/** The sandbox, and a person who pauses the campaign while micro-batch number `after` is sent. */
async function pausingAdapter(campaignId: string, after: number) {
  const { adapter: sandbox } = await withHotTransaction(ctx.workspaceId, (sql) =>
    accountFor(sql, ctx.workspaceId, "email"),
  );
  let sent = 0;
  return {
    ...sandbox,
    send: async (...given: Parameters<typeof sandbox.send>) => {
      const outcomes = await sandbox.send(...given);
      if (++sent === after) await setStatus(campaignId, "paused");
      return outcomes;
    },
  };
}

describe("a person's hand on a running campaign", () => {
  test("pausing stops it within one micro-batch, resuming completes it", async () => {
    await customers(1_500);
    await grantConsent(db.owner, ctx.workspaceId);
    const campaign = await launch();
    await freezeRun(ctx, campaign);
    let recorded = 0;
    const stopAfter = 3;
    await drain({
      microBatch: 50,
      adapter: await pausingAdapter(campaign.campaignId, stopAfter),
      onRecorded: (_, rows) => {
        recorded += rows.length;
      },
    });
    expect(recorded).toBe(stopAfter * 50);
    expect(await expectFigures(db.owner, ctx, campaign)).toEqual({
      targeted: 1_500,
      delivered: 150,
      pending: 1_350,
    });
    expect(await drain()).toEqual([]);
    await setStatus(campaign.campaignId, "active");
    await drain();
    expect(await expectFigures(db.owner, ctx, campaign)).toEqual({ targeted: 1_500, delivered: 1_500 });
    expect(await inboxOf(db.owner, campaign.campaignId)).toHaveLength(1_500);
  });

  test("cancelling ends what was not sent, and only that", async () => {
    await customers(1_200);
    await grantConsent(db.owner, ctx.workspaceId);
    const campaign = await launch();
    await freezeRun(ctx, campaign);
    await drain({ microBatch: 100, adapter: await pausingAdapter(campaign.campaignId, 2) });
    await setStatus(campaign.campaignId, "cancelled");
    expect(await cancelRemaining(ctx, campaign)).toEqual({ cancelled: 1_000, stillSending: 0 });
    expect(await cancelRemaining(ctx, campaign)).toEqual({ cancelled: 0, stillSending: 0 });
    expect(await expectFigures(db.owner, ctx, campaign)).toEqual({
      targeted: 1_200,
      delivered: 200,
      cancelled: 1_000,
    });
    const [run] = await db.owner`select status from campaign_runs where number = ${campaign.runNumber}`;
    expect(run?.status).toBe("cancelled");
    expect(await drain()).toEqual([]);
  });

  test("cancelling before the audience is fixed leaves nothing to send", async () => {
    await customers(10);
    const campaign = await launch();
    await setStatus(campaign.campaignId, "cancelled");
    expect(await freezeRun(ctx, campaign)).toMatchObject({ audienceSize: 0, status: "cancelled" });
  });
});
