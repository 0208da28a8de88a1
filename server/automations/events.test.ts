import { beforeEach, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeCustomers, makeMember, makeWorkspace } from "@/db/testing/factories";
import { cancelCampaign } from "@/server/campaigns/cancel";
import { getCampaign } from "@/server/campaigns/get";
import { launchCampaign } from "@/server/campaigns/launch";
import { pauseCampaign } from "@/server/campaigns/pause";
import { publishCampaign } from "@/server/campaigns/publish";
import { resumeCampaign } from "@/server/campaigns/resume";
import { reviseCampaign } from "@/server/campaigns/revise";
import { grantConsent, makeCampaign } from "@/server/campaigns/testing/arrange";
import { updateCampaign } from "@/server/campaigns/update";
import { cancelRemaining } from "@/server/deliveries/cancel-remaining";
import { completeRun } from "@/server/deliveries/complete-run";
import { runFigures } from "@/server/deliveries/figures";
import { drain } from "@/server/deliveries/testing/drain";
import { ingestEvents } from "@/server/events/ingest";
import { renderMetrics } from "@/server/platform/metrics";
import { automated } from "./testing/arrange";

const db = await testDatabase();
type Admin = Awaited<ReturnType<typeof makeMember>>;
let ctx: Admin;
let ids: string[];

beforeEach(async () => {
  await db.moveClock("0 seconds");
  ctx = await makeMember(db.owner, await makeWorkspace(db.owner));
  ids = await makeCustomers(db.owner, ctx.workspaceId, [{ tier: "gold" }, {}, {}]);
  await grantConsent(db.owner, ctx.workspaceId, ids);
});

const happens = (name: string, who: number[], properties: Record<string, string | number> = {}) =>
  ingestEvents(ctx, {
    events: who.map((nth) => ({ name, customer: { id: ids[nth] ?? "" }, properties })),
  });
const inbox = async () =>
  (
    await db.owner<{ nth: string }[]>`
      select customer_id as nth from sandbox_messages where workspace_id = ${ctx.workspaceId} order by id`
  ).map(({ nth }) => ids.indexOf(nth));
const entries = async () =>
  (
    await db.owner<{ nth: string }[]>`
      select customer_id as nth from automation_entries where workspace_id = ${ctx.workspaceId} order by seq`
  ).map(({ nth }) => ids.indexOf(nth));

test("an event's message is written with the event and sent by the ledger's own way; the campaign stays open", async () => {
  const id = await makeCampaign(db.owner, ctx, { schedule: automated([{ on: "event", name: "inquiry" }]) });
  await happens("inquiry", [0]);
  const { runNumber } = await launchCampaign(ctx, { id, version: 1 });
  await happens("website_visit", [1]);
  await happens("inquiry", [1, 2]);
  await drain();
  expect(await inbox()).toEqual([1, 2]);
  // Nobody enters again within a day.
  await happens("inquiry", [1]);
  await db.moveClock("25 hours");
  await happens("inquiry", [1]);
  await drain();
  expect(await inbox()).toEqual([1, 2, 1]);
  expect(await runFigures(ctx, { campaignId: id })).toMatchObject({
    targeted: 3,
    pending: 0,
    held: 0,
    sent: 3,
    completedAt: null,
  });
  const [run] = await db.owner`select status, live, slot from campaign_runs where number = ${runNumber}`;
  expect(run).toEqual({ status: "active", live: true, slot: "v1" });
});

test("an automation that cannot be read is paused and says so, and holds up no event and no other automation", async () => {
  const launched = async () => {
    const id = await makeCampaign(db.owner, ctx, { schedule: automated([{ on: "event", name: "inquiry" }]) });
    return { id, ...(await launchCampaign(ctx, { id, version: 1 })) };
  };
  const broken = await launched();
  const sound = await launched();
  const [stored] = await db.owner<{ content: string }[]>`
    select content::text as content from campaign_runs where number = ${broken.runNumber}`;
  await db.owner`update campaign_runs set content = '{"channels": "none"}' where number = ${broken.runNumber}`;
  expect(await happens("inquiry", [0, 1])).toMatchObject({ stored: 2, refused: 0 });
  expect(await entries()).toEqual([0, 1]);
  const [told] =
    await db.owner`select count(*)::int as n from customer_events where workspace_id = ${ctx.workspaceId}`;
  expect(told).toEqual({ n: 2 });
  expect(renderMetrics([])).toContain('ringback_workspace_failures_total{work="read an automation"} 1');
  expect(await getCampaign(ctx, broken)).toMatchObject({
    status: "paused",
    failure: expect.stringContaining("cannot be read"),
  });
  expect(await getCampaign(ctx, sound)).toMatchObject({ status: "active", failure: null });
  await happens("inquiry", [0]);
  expect(
    await db.owner`select actor_kind from audit_entries where action = 'campaign.paused' and subject_id = ${broken.id}`,
  ).toEqual([{ actor_kind: "system" }]);
  // Once it can be read and goes on, it lets in again.
  await db.owner`update campaign_runs set content = ${stored?.content ?? ""}::text::jsonb where number = ${broken.runNumber}`;
  await resumeCampaign(ctx, broken);
  await happens("inquiry", [2]);
  expect(await entries()).toEqual([0, 1, 2, 2]);
});

test("properties, policy types, segments and the audience narrow a trigger; a late event fires nothing", async () => {
  const [segment] = await db.owner<{ id: string }[]>`
    insert into segments (id, workspace_id, name, rule) values (gen_random_uuid(), ${ctx.workspaceId}, 'Gold',
      ${db.owner.json({ match: "all", of: [{ on: "customer", field: "tier", op: "one_of", value: ["gold"] }] })}) returning id`;
  const launch = async (trigger: object, over: object = {}) => {
    const schedule = automated([{ on: "event", name: "inquiry", ...trigger }], { againHours: 0 });
    const id = await makeCampaign(db.owner, ctx, { schedule, ...over });
    await launchCampaign(ctx, { id, version: 1 });
    return async () => {
      const rows = await db.owner<{ nth: string }[]>`
        select customer_id as nth from automation_entries where campaign_id = ${id} order by seq`;
      await db.owner`delete from automation_entries where campaign_id = ${id}`;
      return rows.map(({ nth }) => ids.indexOf(nth));
    };
  };
  await db.owner`insert into policies (id, workspace_id, customer_id, policy_number, policy_type, product_name, status,
    premium_micros, currency, payment_mode) values (gen_random_uuid(), ${ctx.workspaceId}, ${ids[1] ?? ""}, 'P-1', 'motor', 'Motor',
    'in_force', 1, 'INR', 'yearly')`;
  const gold = await launch({ segments: [segment?.id ?? ""] });
  const motor = await launch({ policyTypes: ["motor"] });
  const term = await launch({ properties: [{ key: "product", op: "is", value: "Term" }] });
  const large = await launch({ properties: [{ key: "sum", op: "at_least", value: "100" }] });
  const tier = await launch({}, { audience: { kind: "tier", tiers: ["gold"] } });
  await happens("inquiry", [0, 1, 2], { product: "term", sum: 100 });
  expect([await gold(), await motor(), await term(), await large(), await tier()]).toEqual([
    [0],
    [1],
    [0, 1, 2],
    [0, 1, 2],
    [0],
  ]);
  await happens("inquiry", [0, 1, 2], { product: "motor", sum: 99 });
  expect([await term(), await large()]).toEqual([[], []]);
  await gold();
  const late = new Date(Date.now() - 25 * 3_600_000).toISOString();
  await ingestEvents(ctx, {
    events: [{ name: "inquiry", customer: { id: ids[0] ?? "" }, occurred_at: late }],
  });
  expect([await gold(), await tier()]).toEqual([[], [0]]);
});

test("the same thing told many times at once lets nobody in twice", async () => {
  const schedule = automated([
    { on: "event", name: "inquiry" },
    { on: "event", name: "quote_requested" },
  ]);
  const id = await makeCampaign(db.owner, ctx, { schedule });
  await launchCampaign(ctx, { id, version: 1 });
  await Promise.all(
    Array.from({ length: 12 }, (_, nth) => happens(nth % 2 ? "inquiry" : "quote_requested", [0, 1, 2])),
  );
  expect((await entries()).sort()).toEqual([0, 1, 2]);
  await drain();
  expect((await inbox()).sort()).toEqual([0, 1, 2]);
});

test("a pause lets nobody in and holds who is in; a cancelled campaign sends nothing more", async () => {
  const id = await makeCampaign(db.owner, ctx, { schedule: automated([{ on: "event", name: "inquiry" }]) });
  await launchCampaign(ctx, { id, version: 1 });
  await happens("inquiry", [0]);
  await pauseCampaign(ctx, { id });
  await happens("inquiry", [1]);
  await drain();
  expect(await inbox()).toEqual([]);
  await resumeCampaign(ctx, { id });
  await drain();
  expect(await inbox()).toEqual([0]);
  await happens("inquiry", [2]);
  await cancelCampaign(ctx, { id });
  await cancelRemaining(ctx, { campaignId: id });
  await happens("inquiry", [1]);
  await drain();
  expect(await inbox()).toEqual([0]);
  expect(await entries()).toEqual([0, 2]);
  expect(await runFigures(ctx, { campaignId: id })).toMatchObject({
    targeted: 2,
    pending: 0,
    sent: 1,
    cancelled: 1,
  });
});

test("the hold-out enters and gets nothing", async () => {
  const many = await makeCustomers(
    db.owner,
    ctx.workspaceId,
    Array.from({ length: 60 }, () => ({})),
  );
  await grantConsent(db.owner, ctx.workspaceId, many);
  const id = await makeCampaign(db.owner, ctx, { schedule: automated([{ on: "event", name: "inquiry" }]) });
  await db.owner`update campaigns set hold_out = 50 where id = ${id}`;
  const { runNumber } = await launchCampaign(ctx, { id, version: 1 });
  await ingestEvents(ctx, { events: many.map((one) => ({ name: "inquiry", customer: { id: one } })) });
  await drain();
  const [held] =
    await db.owner`select held_out_size, audience_size from campaign_runs where number = ${runNumber}`;
  const [counted] = await db.owner<{ held: number }[]>`
    select count(*)::int as held from executions where run_number = ${runNumber} and arm = 'held_out'`;
  expect(counted?.held).toBeGreaterThan(10);
  expect(held).toEqual({ held_out_size: counted?.held, audience_size: 60 - (counted?.held ?? 0) });
  expect(await inbox()).toHaveLength(60 - (counted?.held ?? 0));
});

test("published changes let customers into a new version, nobody twice; the run before them ends", async () => {
  const schedule = automated([{ on: "event", name: "inquiry" }]);
  const id = await makeCampaign(db.owner, ctx, { schedule, subject: "First" });
  await launchCampaign(ctx, { id, version: 1 });
  await happens("inquiry", [0]);
  const draft = await reviseCampaign(ctx, { id });
  expect(await reviseCampaign(ctx, { id })).toEqual(draft);
  await expect(launchCampaign(ctx, { id: draft.id, version: 1 })).rejects.toMatchObject({ code: "CONFLICT" });
  await updateCampaign(ctx, {
    id: draft.id,
    version: 1,
    changes: {
      bodies: { email: { en: { subject: "Second", preheader: "", body: "Hello" } } },
      schedule: automated([{ on: "event", name: "quote_requested" }]),
    },
  });
  await happens("inquiry", [1]);
  expect(await publishCampaign(ctx, { id: draft.id, version: 2 })).toEqual({ id });
  await happens("inquiry", [2]);
  await happens("quote_requested", [0, 2]);
  await drain();
  const mails = await db.owner<{ nth: string; subject: string }[]>`
    select customer_id as nth, subject from sandbox_messages where workspace_id = ${ctx.workspaceId} order by subject, id`;
  // The first customer entered less than a day ago: not again, whatever the version.
  expect(mails.map(({ nth, subject }) => [ids.indexOf(nth), subject])).toEqual([
    [0, "First"],
    [1, "First"],
    [2, "Second"],
  ]);
  const runs = await db.owner<{ number: number; slot: string; live: boolean }[]>`
    select number::int as number, slot, live from campaign_runs where campaign_id = ${id} order by number`;
  expect(runs.map(({ slot, live }) => [slot, live])).toEqual([
    ["v1", false],
    ["v2", true],
  ]);
  expect(await completeRun(ctx, { runNumber: runs[0]?.number ?? 0 })).toBe(true);
  expect(await completeRun(ctx, { runNumber: runs[1]?.number ?? 0 })).toBe(false);
  expect(
    await db.owner`select status, version from campaigns where workspace_id = ${ctx.workspaceId}`,
  ).toEqual([{ status: "active", version: 2 }]);
});
