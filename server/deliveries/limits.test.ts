import { beforeEach, describe, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { type CustomerSeed, makeCustomers, makeMember, makeWorkspace } from "@/db/testing/factories";
import { withHotTransaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { newId } from "@/server/platform/ids";
import { explainDelivery } from "./explain";
import { runFigures } from "./figures";
import { freezeRun } from "./freeze-run";
import { listRecipients } from "./list-recipients";
import { purgeReservations } from "./purge-reservations";
import {
  type CampaignSeed,
  grantConsent,
  type LaunchedCampaign,
  makeLaunchedCampaign,
} from "./testing/campaign";
import { temporaryDataDir } from "./testing/data-dir";
import { drain } from "./testing/drain";
import { expectFigures } from "./testing/expect-figures";
import { silentProvider } from "./testing/provider";

temporaryDataDir();
const db = await testDatabase();
let ctx: Context;

beforeEach(async () => {
  await db.moveClock("0");
  ctx = await makeMember(db.owner, await makeWorkspace(db.owner));
});

const customers = (wanted: CustomerSeed[] | number) => makeCustomers(db.owner, ctx.workspaceId, wanted);

async function launch(seed: CampaignSeed = {}): Promise<LaunchedCampaign> {
  const campaign = await makeLaunchedCampaign(db.owner, ctx.workspaceId, seed);
  await freezeRun(ctx, campaign);
  return campaign;
}

const allow = (purpose: "promotional" | "service", ...channels: ("email" | "sms" | "whatsapp")[]) =>
  grantConsent(db.owner, ctx.workspaceId, purpose, channels.length > 0 ? channels : ["email"]);

/** Workers that send at once, each with a name and a cursor of its own. */
const together = (workers: number, options: Parameters<typeof drain>[0] = {}) =>
  Promise.all(
    Array.from({ length: workers }, (_, index) => drain({ owner: `worker-${index}:boot:1:1:1`, ...options })),
  );

const statesOf = async (campaign: LaunchedCampaign) => {
  const { rows } = await listRecipients(ctx, { campaignId: campaign.campaignId });
  return rows.map(({ state, reason }) => (reason ? `${state} ${reason}` : state));
};

async function addPolicy(customerId: string): Promise<void> {
  await db.owner`insert into policies ${db.owner({
    id: newId(),
    workspace_id: ctx.workspaceId,
    customer_id: customerId,
    policy_number: `P-${customerId}`,
    policy_type: "health",
    product_name: "Family Health Plus",
    status: "in_force",
    premium_micros: 12_500_000_000,
    currency: "INR",
    payment_mode: "yearly",
    start_date: "2025-01-01",
    renewal_date: "2026-12-14",
  })}`;
}

describe("the frequency cap", () => {
  test("of 2 lets exactly 2 of ten campaigns reach each customer, however they run at once", async () => {
    await customers(60);
    await allow("promotional");
    const campaigns = await Promise.all(Array.from({ length: 10 }, () => launch({ purpose: "promotional" })));
    await together(10, { microBatch: 20 });
    const counts = await db.owner`
      select count(*)::int as n from sandbox_messages where workspace_id = ${ctx.workspaceId} group by customer_id`;
    expect(counts.map(({ n }) => n)).toEqual(Array(60).fill(2));
    for (const campaign of campaigns) await expectFigures(db.owner, ctx, campaign);
    const [capped] = await db.owner`
      select sum(count)::int as n from run_reasons where workspace_id = ${ctx.workspaceId} and reason = 'capped'`;
    expect(capped?.n).toBe(60 * 8);
  });

  test("looks back its days and no further, on its own channel, and a failed message gives its place back", async () => {
    await customers(1);
    await allow("promotional");
    await db.owner`
      insert into sending_rules (workspace_id, caps) values (${ctx.workspaceId},
        ${db.owner.json({ email: { most: 1, days: 7 }, sms: null, whatsapp: null })})`;
    const failing = silentProvider(() => ({
      kind: "failed",
      reason: "rejected",
      detail: "no",
      suppress: false,
    }));
    const states: string[] = [];
    const send = async (options: Parameters<typeof drain>[0] = {}) => {
      const campaign = await launch({ purpose: "promotional" });
      await drain(options);
      states.push(...(await statesOf(campaign)));
    };
    await send({ adapter: failing });
    await send();
    await send();
    await db.moveClock("6 days 23 hours");
    await send();
    await db.moveClock("7 days 1 minute");
    await send();
    expect(states).toEqual(["failed rejected", "delivered", "skipped capped", "skipped capped", "delivered"]);
  });

  test("forgets what no cap looks back to any more, in every workspace", async () => {
    await customers(2);
    await allow("service");
    await launch();
    await drain();
    await db.moveClock("50 days");
    await launch();
    await drain();
    const kept = async () => {
      const rows = await db.owner`
        select clock_now() - at < interval '91 days' as young from sending_reservations where workspace_id = ${ctx.workspaceId}`;
      return rows.map(({ young }) => young);
    };
    await db.moveClock("90 days 23 hours");
    await purgeReservations();
    expect(await kept()).toHaveLength(4);
    await db.moveClock("91 days 1 hour");
    await purgeReservations();
    expect(await kept()).toEqual([true, true]);
    expect(await purgeReservations()).toBe(0);
  });

  test("lets service messages pass, one for each policy and day, failed payments apart", async () => {
    const [id = ""] = await customers(1);
    await addPolicy(id);
    await allow("service");
    await db.setClock("2026-11-25T12:00:00+05:30");
    const states: string[] = [];
    const send = async (category: CampaignSeed["category"]) => {
      const campaign = await launch({ category });
      await drain();
      states.push(...(await statesOf(campaign)));
    };
    await send("renewal_reminder");
    await send("premium_due");
    await send("payment_failed");
    await db.setClock("2026-11-26T00:00:01+05:30");
    await send("premium_due");
    expect(states).toEqual(["delivered", "skipped same_day", "delivered", "delivered"]);
  });
});

describe("a hard budget", () => {
  const MAIL = 11_800n; // ₹0.01 and 18 % tax

  test("is not passed by one message when four workers spend it at once; more budget lets the rest go", async () => {
    await customers(3_200);
    await allow("service");
    const campaign = await launch({ budget: 50n * MAIL + (MAIL - 1n) });
    await together(4, { microBatch: 30 });
    const sent = async () => {
      const [row] = await db.owner`
        select count(*)::int as n, coalesce(sum(cost_micros), 0)::text as cost from execution_results
        where run_number = ${campaign.runNumber} and state = 'delivered'`;
      return { n: row?.n, cost: BigInt(row?.cost ?? 0) };
    };
    expect(await sent()).toEqual({ n: 50, cost: 50n * MAIL });
    const figures = await expectFigures(db.owner, ctx, campaign);
    expect(figures).toMatchObject({ targeted: 3_200, delivered: 50 });
    const [paused] = await db.owner`select status, failure from campaigns where id = ${campaign.campaignId}`;
    expect(paused).toMatchObject({ status: "paused", failure: expect.stringMatching(/budget is used up/) });
    await db.owner`
      update campaigns set budget_micros = ${(60n * MAIL).toString()}, status = 'active' where id = ${campaign.campaignId}`;
    await together(4, { microBatch: 30 });
    expect(await sent()).toEqual({ n: 60, cost: 60n * MAIL });
    expect((await runFigures(ctx, campaign)).cost).toBe((60n * MAIL).toString());
    const [spend] = await db.owner`
      select reserved_micros::text as n from campaign_spend where campaign_id = ${campaign.campaignId}`;
    expect(spend?.n).toBe((60n * MAIL).toString());
    await db.owner`update campaigns set status = 'cancelled' where id = ${campaign.campaignId}`;
  });

  test("is not passed by one message when forty ask for a place at the same instant", async () => {
    const campaignId = newId();
    const ask = (call: number) =>
      withHotTransaction(ctx.workspaceId, async (sql) => {
        const seqs = [1, 2, 3].map((nth) => call * 3 + nth);
        const rows = await sql<{ verdict: string }[]>`
          select verdict from reserve_sending(${ctx.workspaceId}, 1, ${campaignId}, 'email', 'service', null, null, null,
            clock_now(), 50, ${seqs}::int[], ${seqs.map(() => newId())}::uuid[], ${seqs.map(() => "")}::text[],
            ${seqs.map(() => null)}::int[], ${seqs.map(() => "1")}::bigint[])`;
        return rows.filter(({ verdict }) => verdict === "ok").length;
      });
    await ask(0); // its row is there: nobody waits for who makes it
    const granted = await Promise.all(Array.from({ length: 40 }, (_, nth) => ask(nth + 1)));
    expect(granted.reduce((sum, count) => sum + count, 3)).toBe(50);
    const [spend] = await db.owner`
      select reserved_micros::int as n from campaign_spend where campaign_id = ${campaignId}`;
    expect(spend?.n).toBe(50);
  });

  test("is given back by what fails", async () => {
    await customers(10);
    await allow("service");
    const campaign = await launch({ budget: 5n * MAIL });
    let taken = 0;
    const everyOther = silentProvider(() =>
      taken++ % 2 === 0
        ? { kind: "failed", reason: "rejected", detail: "no", suppress: false }
        : { kind: "accepted", delivered: true, providerMessageId: null },
    );
    for (let round = 0; round < 6; round++) {
      await drain({ adapter: everyOther, microBatch: 2 });
      await db.owner`update campaigns set status = 'active' where id = ${campaign.campaignId}`;
    }
    expect(await expectFigures(db.owner, ctx, campaign)).toEqual({ targeted: 10, delivered: 5, failed: 5 });
  });
});

test("messages about payments wait while the payment data is older than a day", async () => {
  await customers(1);
  await allow("service");
  const asOf = (age: string) =>
    db.owner`update workspaces set payments_as_of = clock_now() - ${age}::interval where id = ${ctx.workspaceId}`;
  await asOf("24 hours 1 minute");
  const due = await launch({ category: "premium_due" });
  const other = await launch({ category: "claim_update" });
  await drain();
  expect([...(await statesOf(due)), ...(await statesOf(other))]).toEqual([
    "held payments_stale",
    "delivered",
  ]);
  await asOf("1 hour");
  await db.moveClock("61 minutes");
  await drain();
  expect(await statesOf(due)).toEqual(["delivered"]);
});

test("a campaign that asks again leaves out who has left its audience, the others do not ask", async () => {
  const [first = ""] = await customers([{ tier: "gold" }, { tier: "gold" }]);
  await allow("service");
  const audience = { kind: "tier" as const, tiers: ["gold"] };
  const asks = await launch({ audience, recheckAudience: true });
  const asksNot = await launch({ audience });
  await db.owner`update customers set tier = 'silver' where id = ${first}`;
  await drain();
  expect(await statesOf(asks)).toEqual(["skipped left_audience", "delivered"]);
  expect(await statesOf(asksNot)).toEqual(["delivered", "delivered"]);
});

test("the emergency stop lets nothing leave, also of a batch that is under way, and nothing is lost", async () => {
  await customers(300);
  await allow("service");
  const campaign = await launch();
  const stop = (at: "clock_now()" | "null") =>
    db.owner`update workspaces set sending_stopped_at = ${db.owner.unsafe(at)} where id = ${ctx.workspaceId}`;
  let windows = 0;
  await drain({
    microBatch: 50,
    onRecorded: async (_, rows) => {
      if (rows.length > 0 && ++windows === 2) await stop("clock_now()");
    },
  });
  const figures = await expectFigures(db.owner, ctx, campaign);
  expect(figures.delivered).toBeLessThanOrEqual(200);
  expect(await drain()).toEqual([]);
  const [waiting] = await db.owner`
    select customer_id as id from executions where run_number = ${campaign.runNumber} order by seq desc limit 1`;
  const why = await explainDelivery(ctx, { campaignId: campaign.campaignId, customerId: waiting?.id });
  expect(why.messages[0]?.rules[0]).toMatchObject({ name: "sending", answer: "hold", until: null });
  await stop("null");
  await drain();
  expect(await expectFigures(db.owner, ctx, campaign)).toEqual({ targeted: 300, delivered: 300 });
});
