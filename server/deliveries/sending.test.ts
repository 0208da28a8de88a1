import { beforeEach, describe, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { type CustomerSeed, makeCustomers, makeMember, makeWorkspace } from "@/db/testing/factories";
import { withHotTransaction, withTransaction } from "@/db/transaction";
import { accountFor } from "@/server/channels";
import { suppressAddress } from "@/server/consent";
import type { Context } from "@/server/platform/context";
import { newId } from "@/server/platform/ids";
import { cancelRemaining } from "./cancel-remaining";
import { completeRun } from "./complete-run";
import { runFigures } from "./figures";
import { freezeRun } from "./freeze-run";
import { listRecipients } from "./list-recipients";
import { grantConsent, makeLaunchedCampaign } from "./testing/campaign";
import { temporaryDataDir } from "./testing/data-dir";
import { drain } from "./testing/drain";
import { expectFigures } from "./testing/expect-figures";
import { silentProvider } from "./testing/provider";

temporaryDataDir();
const db = await testDatabase();
let ctx: Context;

beforeEach(async () => {
  ctx = await makeMember(db.owner, await makeWorkspace(db.owner));
});

const customers = (seeds: CustomerSeed[] | number) =>
  makeCustomers(
    db.owner,
    ctx.workspaceId,
    typeof seeds === "number" ? Array.from({ length: seeds }, () => ({})) : seeds,
  );

const launch = (seed: Parameters<typeof makeLaunchedCampaign>[2] = {}) =>
  makeLaunchedCampaign(db.owner, ctx.workspaceId, seed);

const setStatus = (campaignId: string, status: string) =>
  db.owner`update campaigns set status = ${status} where id = ${campaignId}`;

async function inboxOf(campaignId: string) {
  const rows = await db.owner<{ customer: string; html: string }[]>`
    select customer_id as customer, html from sandbox_messages where campaign_id = ${campaignId}`;
  return rows;
}

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
    const inbox = await inboxOf(campaign.campaignId);
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
    await setStatus(campaign.campaignId, "paused"); // not for the tests that follow
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
    expect((await inboxOf(promotion.campaignId)).map((message) => message.customer)).toContain(second);
    expect(await expectFigures(db.owner, ctx, service)).toEqual({ targeted: 3, delivered: 3 });
  });
});

describe("a rule that says no", () => {
  test("skips with its reason, which can be read and counted", async () => {
    const ids = await customers([
      {},
      { email: null },
      { email: "no at sign" },
      { name: "" },
      { email: "gone@example.test" },
      {},
      {},
    ]);
    await grantConsent(db.owner, ctx.workspaceId, "promotional");
    await db.owner`delete from consent_states where customer_id = ${ids[5] ?? ""}`;
    await db.owner`update customers set stop_state = 'open_complaint' where id = ${ids[6] ?? ""}`;
    const entry = {
      channel: "email",
      address: "GONE@example.test",
      reason: "unsubscribed",
      origin: "test",
    } as const;
    await withTransaction(ctx, (tx) => suppressAddress(tx, ctx, entry));
    const campaign = await launch({ purpose: "promotional" });
    await freezeRun(ctx, campaign);
    await drain();
    expect(await expectFigures(db.owner, ctx, campaign)).toEqual({ targeted: 7, delivered: 1, skipped: 6 });
    const { reasons } = await runFigures(ctx, campaign);
    const expected = [
      "invalid_address",
      "missing_tag",
      "no_address",
      "no_consent",
      "stop_state",
      "suppressed",
    ];
    expect(reasons).toEqual(expected.map((reason) => ({ state: "skipped", reason, count: 1 })));
    const page = await listRecipients(ctx, { campaignId: campaign.campaignId, state: "skipped" });
    expect(page.rows.map((row) => row.detail)).toContain("a complaint is open");
    expect(await completeRun(ctx, campaign)).toBe(true);
  });

  test("counts when the message is sent, not when the audience was fixed", async () => {
    const [id] = await customers(2);
    await grantConsent(db.owner, ctx.workspaceId, "promotional");
    const campaign = await launch({ purpose: "promotional" });
    await freezeRun(ctx, campaign);
    await db.owner`update consent_states set granted = false where customer_id = ${id ?? ""}`;
    await drain();
    expect(await expectFigures(db.owner, ctx, campaign)).toEqual({ targeted: 2, delivered: 1, skipped: 1 });
  });

  test("lets a policyholder have service messages without a consent, and nobody promotion", async () => {
    const [holder] = await customers(2);
    await db.owner`insert into policies ${db.owner({
      id: holder ?? "",
      workspace_id: ctx.workspaceId,
      customer_id: holder ?? "",
      policy_number: "P-1",
      policy_type: "health",
      product_name: "Family Health Plus",
      status: "in_force",
      premium_micros: 12_500_500_000,
      currency: "INR",
      payment_mode: "yearly",
      start_date: "2025-01-01",
      renewal_date: "2026-12-14",
    })}`;
    const body = "{{product_name}}: {{premium_amount}} by {{renewal_date}}, {{first_name}}";
    const campaigns = [
      await launch({ body, fallbacks: { renewal_date: "soon" } }),
      await launch({ purpose: "promotional" }),
    ];
    for (const campaign of campaigns) await freezeRun(ctx, campaign);
    await drain();
    const [service, promotion] = await Promise.all(
      campaigns.map((campaign) => expectFigures(db.owner, ctx, campaign)),
    );
    expect(service).toEqual({ targeted: 2, delivered: 1, skipped: 1 });
    expect(promotion).toEqual({ targeted: 2, skipped: 2 });
    const [message] = await inboxOf(campaigns[0]?.campaignId ?? "");
    expect(message?.html).toContain("Family Health Plus: ₹12,500.50 by 14 December 2026, Customer");
  });
});

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
    expect(await inboxOf(campaign.campaignId)).toHaveLength(1_500);
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
