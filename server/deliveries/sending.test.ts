import { beforeEach, describe, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { type CustomerSeed, makeCustomers, makeMember, makeWorkspace } from "@/db/testing/factories";
import type { Context } from "@/server/platform/context";
import { newId } from "@/server/platform/ids";
import { completeRun } from "./complete-run";
import { freezeRun } from "./freeze-run";
import { grantConsent, makeLaunchedCampaign } from "./testing/campaign";
import { temporaryDataDir } from "./testing/data-dir";
import { drain } from "./testing/drain";
import { expectFigures } from "./testing/expect-figures";
import { inboxOf } from "./testing/inbox";
import { silentProvider } from "./testing/provider";

temporaryDataDir();
const db = await testDatabase();
let ctx: Context;

beforeEach(async () => {
  ctx = await makeMember(db.owner, await makeWorkspace(db.owner));
});

const customers = (wanted: CustomerSeed[] | number) => makeCustomers(db.owner, ctx.workspaceId, wanted);

const launch = (seed: Parameters<typeof makeLaunchedCampaign>[2] = {}) =>
  makeLaunchedCampaign(db.owner, ctx.workspaceId, seed);

describe("a campaign to the sandbox", () => {
  test("reaches every customer once, equals a recount at each step, and completes", async () => {
    await customers(1_234);
    await grantConsent(db.owner, ctx.workspaceId);
    const campaign = await launch();
    expect(await freezeRun(ctx, campaign)).toMatchObject({ audienceSize: 1_234, status: "active" });
    expect(await expectFigures(db.owner, ctx, campaign)).toEqual({ targeted: 1_234, pending: 1_234 });
    expect(await completeRun(ctx, campaign)).toBe(false);
    await drain();
    expect(await expectFigures(db.owner, ctx, campaign)).toEqual({ targeted: 1_234, delivered: 1_234 });
    const inbox = await inboxOf(db.owner, campaign.campaignId);
    expect(inbox).toHaveLength(1_234);
    expect(new Set(inbox.map((message) => message.customer)).size).toBe(1_234);
    expect(await completeRun(ctx, campaign)).toBe(true);
    const [row] = await db.owner`select status from campaigns where id = ${campaign.campaignId}`;
    expect(row?.status).toBe("completed");
  });

  test("waits while the account of its channel is paused, and goes on when it is active again", async () => {
    await customers(5);
    await grantConsent(db.owner, ctx.workspaceId);
    const campaign = await launch();
    await freezeRun(ctx, campaign);
    const set = (status: string) =>
      db.owner`update channel_accounts set status = ${status} where workspace_id = ${ctx.workspaceId} and channel = 'email'`;
    await set("paused");
    expect(await drain()).toEqual([]);
    await set("active");
    await drain();
    expect(await expectFigures(db.owner, ctx, campaign)).toEqual({ targeted: 5, delivered: 5 });
  });

  test("counts for the account that carried it, also when another carries the channel afterwards", async () => {
    await customers(4);
    await grantConsent(db.owner, ctx.workspaceId);
    const send = async (adapter?: Parameters<typeof drain>[0]) => {
      await freezeRun(ctx, await launch());
      await drain(adapter);
    };
    await send();
    await db.owner`
      update channel_accounts set is_default = false where workspace_id = ${ctx.workspaceId} and channel = 'email'`;
    const second = newId();
    await db.owner`
      insert into channel_accounts (id, workspace_id, channel, provider, name, is_default)
      values (${second}, ${ctx.workspaceId}, 'email', 'sandbox', 'Second', true)`;
    await send();
    await send({
      adapter: silentProvider(() => ({ kind: "failed", reason: "rejected", detail: "no", suppress: false })),
    });
    const counts = await db.owner`
      select account_id = ${second} as second, sent, failed from account_counts
      where workspace_id = ${ctx.workspaceId} order by 1`;
    expect([...counts]).toEqual([
      { second: false, sent: 4, failed: 0 },
      { second: true, sent: 4, failed: 4 },
    ]);
  });

  test("frozen twice, at once or later, has one audience", async () => {
    await customers(50);
    const campaign = await launch();
    const frozen = await Promise.all([freezeRun(ctx, campaign), freezeRun(ctx, campaign)]);
    await customers(7);
    expect([...frozen, await freezeRun(ctx, campaign)].map((run) => run.audienceSize)).toEqual([50, 50, 50]);
    const [count] =
      await db.owner`select count(*)::int as n from executions where run_number = ${campaign.runNumber}`;
    expect(count?.n).toBe(50);
  });

  test("above 20,000 has a ledger part of its own, and batches that cover it without a gap", async () => {
    await customers(20_001);
    const campaign = await launch();
    const { part } = await freezeRun(ctx, campaign);
    const [own] = await db.owner`select run_number::int as run from ledger_parts where part = ${part}`;
    expect(own?.run).toBe(campaign.runNumber);
    const batches = await db.owner<{ first: number; size: number }[]>`
      select first_seq as first, size from execution_batches where run_number = ${campaign.runNumber} order by first_seq`;
    expect(batches).toHaveLength(21);
    expect(batches.reduce((next, batch) => (batch.first === next ? next + batch.size : Number.NaN), 1)).toBe(
      20_002,
    );
    // Not for the tests that follow.
    await db.owner`update campaigns set status = 'paused' where id = ${campaign.campaignId}`;
  });

  test("goes to the chosen tiers only", async () => {
    await customers([{ tier: "gold" }, { tier: "silver" }, { tier: "bronze" }, { tier: "gold" }]);
    await grantConsent(db.owner, ctx.workspaceId);
    const campaign = await launch({ audience: { kind: "tier", tiers: ["gold", "silver"] } });
    await freezeRun(ctx, campaign);
    await drain();
    expect(await expectFigures(db.owner, ctx, campaign)).toEqual({ targeted: 3, delivered: 3 });
  });

  test("sends a family one promotion, to the member who may be sent it, and each member a service message", async () => {
    const [first, second] = await customers([
      { email: "Family@example.test" },
      { email: " family@EXAMPLE.test" },
      { email: "other@example.test" },
    ]);
    await grantConsent(db.owner, ctx.workspaceId, "promotional");
    await grantConsent(db.owner, ctx.workspaceId, "service");
    await db.owner`update consent_states set granted = false where customer_id = ${first ?? ""} and purpose = 'promotional'`;
    const promotion = await launch({ purpose: "promotional" });
    const service = await launch();
    for (const campaign of [promotion, service]) await freezeRun(ctx, campaign);
    await drain();
    expect(await expectFigures(db.owner, ctx, promotion)).toEqual({ targeted: 2, delivered: 2 });
    expect((await inboxOf(db.owner, promotion.campaignId)).map((message) => message.customer)).toContain(
      second,
    );
    expect(await expectFigures(db.owner, ctx, service)).toEqual({ targeted: 3, delivered: 3 });
  });
});
