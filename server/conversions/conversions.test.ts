import { beforeEach, describe, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { encodePublicId, recordProviderEvents, runFigures } from "@/server/deliveries";
import { evaluateTouched } from "@/server/events";
import { ingestEvents } from "@/server/events/ingest";
import { newId } from "@/server/platform/ids";
import { makeLedgerRun } from "@/server/tracking/testing/ledger";
import { evaluators } from "@/server/worker/evaluators";
import { listConversions } from "./list";
import { reattributeConversions } from "./reattribute";
import { type Measuring, makeMeasuring, rollupsAndRecount, touch } from "./testing/touched";

const db = await testDatabase();
let admin: Measuring["admin"];
let workspaceId: string;
let customer: string;
let other: string;
let measured: Measuring["measured"];

beforeEach(async () => {
  ({ admin, workspaceId, customer, other, measured } = await makeMeasuring(db, (id) =>
    makeLedgerRun(db.owner, id, { size: 0 }),
  ));
});

const bought = (id: string, occurredAt: string, properties: Record<string, string | number | boolean> = {}) =>
  ingestEvents(admin, {
    events: [
      {
        id,
        name: "policy_purchased",
        customer: { external_id: "C1" },
        occurred_at: occurredAt,
        properties: { premium: 12_000.5, ...properties },
      },
    ],
  });

/** A policy of the customer's with 7 days of grace; returns its id. */
async function policy(renewalDate: string): Promise<string> {
  const id = newId();
  await db.owner`insert into policies (id, workspace_id, customer_id, policy_number, policy_type, product_name, status,
      premium_micros, currency, payment_mode, renewal_date, grace_days)
    values (${id}, ${workspaceId}, ${customer}, 'P1', 'life', 'Jeevan', 'in_force', 1, 'INR', 'yearly', ${renewalDate}, 7)`;
  return id;
}

const instalment = (policyId: string, dueDate: string, paidAt: string | null = null) =>
  db.owner`insert into premium_payments
      (id, workspace_id, policy_id, customer_id, due_date, amount_micros, currency, status, paid_at)
    values (${newId()}, ${workspaceId}, ${policyId}, ${customer}, ${dueDate}, 1, 'INR', ${paidAt ? "paid" : "due"}, ${paidAt})`;

const conversionsOf = () => db.owner<Record<string, unknown>[]>`
  select c.campaign_id, touch_kind, touched_at, window_ends_at, value_micros, discounted_for, source,
    jsonb_array_length(touches) as touches
  from conversions c where workspace_id = ${workspaceId} order by occurred_at, id`;

const expectRecount = async () => {
  const [stored, recounted] = await rollupsAndRecount(db.owner, workspaceId);
  expect(stored).toEqual(recounted);
};

describe("an event that a campaign measures", () => {
  test("is a conversion, credited and counted when the batch is answered", async () => {
    const run = await measured({ event: "policy_purchased" });
    await touch(db.owner, run, { customer, kind: "delivered", at: "2026-03-01T10:00:00Z" });
    await touch(db.owner, run, { customer: other, kind: "delivered", at: "2026-03-01T10:00:00Z" });
    await bought("e1", "2026-03-05T10:00:00Z");
    expect(await conversionsOf()).toEqual([
      {
        campaign_id: run.campaignId,
        touch_kind: "delivered",
        touched_at: new Date("2026-03-01T10:00:00Z"),
        window_ends_at: new Date("2026-03-31T10:00:00Z"),
        value_micros: "12000500000",
        discounted_for: null,
        source: "event",
        touches: 1,
      },
    ]);
    expect(await runFigures(admin, { campaignId: run.campaignId })).toMatchObject({
      converted: 1,
      conversions: 1,
      revenue: "12000500000",
    });
    await expectRecount();
  });

  test("is one conversion however often and in how many batches at once it comes", async () => {
    const run = await measured({ event: "policy_purchased" });
    await touch(db.owner, run, { customer, kind: "delivered", at: "2026-03-01T10:00:00Z" });
    await Promise.all(Array.from({ length: 20 }, () => bought("e1", "2026-03-05T10:00:00Z")));
    expect(await conversionsOf()).toHaveLength(1);
    // The evaluator credits again meanwhile.
    await Promise.all(
      Array.from({ length: 20 }, (_, n) => [
        bought(`e${n + 2}`, "2026-03-06T10:00:00Z"),
        reattributeConversions(admin, [customer]),
      ]).flat(),
    );
    // 21 purchases of one customer: one customer converted.
    expect(await runFigures(admin, { campaignId: run.campaignId })).toMatchObject({
      converted: 1,
      conversions: 21,
      revenue: String(12_000_500_000n * 21n),
    });
    await expectRecount();
  });

  test.each([
    ["its goal’s", { goal: "lead_generation" }, "2026-03-08T09:59:59Z", "2026-03-08T10:00:00Z"],
    ["its goal’s", { goal: "engagement" }, "2026-03-04T09:59:59Z", "2026-03-04T10:00:00Z"],
    ["its own", { goal: "engagement", days: 5 }, "2026-03-06T09:59:59Z", "2026-03-06T10:00:00Z"],
  ])("counts to the last second of %s window (%o)", async (_, measure, inside, outside) => {
    const run = await measured({ ...measure, event: "policy_purchased" });
    await touch(db.owner, run, { customer, kind: "delivered", at: "2026-03-01T10:00:00Z" });
    await bought("before", "2026-03-01T09:59:59Z");
    await bought("inside", inside);
    await bought("outside", outside);
    const credited = (await conversionsOf()).map(({ campaign_id }) => campaign_id);
    expect(credited).toEqual([null, run.campaignId, null]);
    await expectRecount();
  });

  test("counts for a renewal until the end of the grace of what was due, in the workspace’s zone", async () => {
    await db.owner`update workspaces set time_zone = 'Asia/Kolkata' where id = ${workspaceId}`;
    const policyId = await policy("2026-03-05");
    await instalment(policyId, "2026-03-05");
    const run = await measured({ goal: "renewal_rate", event: "policy_purchased" });
    await touch(db.owner, run, { customer, kind: "delivered", at: "2026-03-01T10:00:00Z" });
    await bought("last moment", "2026-03-12T23:59:59+05:30");
    await bought("after grace", "2026-03-13T00:00:00+05:30");
    expect((await conversionsOf()).map(({ campaign_id }) => campaign_id)).toEqual([run.campaignId, null]);
  });

  test("counts for a renewal by what was still to be paid at the touch, and keeps the window of the credit", async () => {
    await db.owner`update workspaces set time_zone = 'Asia/Kolkata' where id = ${workspaceId}`;
    const policyId = await policy("2026-03-14");
    await instalment(policyId, "2026-02-28", "2026-02-20T10:00:00Z");
    await instalment(policyId, "2026-03-14");
    const run = await measured({ goal: "renewal_rate", event: "policy_purchased" });
    await touch(db.owner, run, { customer, kind: "delivered", at: "2026-03-01T10:00:00Z" });
    await bought("after the grace of the paid one", "2026-03-12T10:00:00Z");
    const until = { campaign_id: run.campaignId, window_ends_at: new Date("2026-03-22T00:00:00+05:30") };
    expect(await conversionsOf()).toMatchObject([until]);
    // The next import moves what is due a year on.
    await db.owner`update premium_payments set due_date = '2027-03-14' where policy_id = ${policyId} and paid_at is null`;
    await db.owner`update policies set renewal_date = '2027-03-14' where id = ${policyId}`;
    await reattributeConversions(admin, [customer]);
    expect(await conversionsOf()).toMatchObject([until]);
    await expectRecount();
  });

  test("does not count where the bank collected the renewal, unless the campaign says so", async () => {
    const strict = await measured({ goal: "renewal_rate", event: "policy_purchased" });
    const open = await measured({ goal: "renewal_rate", event: "policy_purchased", countsAutoDebit: true });
    await touch(db.owner, open, { customer, kind: "delivered", at: "2026-03-01T10:00:00Z" });
    await touch(db.owner, strict, { customer, kind: "delivered", at: "2026-03-02T10:00:00Z" });
    await bought("by hand", "2026-03-03T10:00:00Z");
    await bought("collected", "2026-03-04T10:00:00Z", { auto_debit: true });
    expect((await conversionsOf()).map(({ campaign_id }) => campaign_id)).toEqual([
      strict.campaignId,
      open.campaignId,
    ]);
  });
});

describe("of several campaigns", () => {
  test("the last touch by a person or a delivery is credited, and the others are evidence", async () => {
    const first = await measured({ event: "policy_purchased" });
    const second = await measured({ event: "policy_purchased" });
    const unrelated = await measured({ event: "payment_received" });
    await touch(db.owner, first, { customer, kind: "delivered", at: "2026-03-01T10:00:00Z" });
    await touch(db.owner, second, { customer, kind: "delivered", at: "2026-03-02T10:00:00Z" });
    await touch(db.owner, first, { customer, kind: "clicked", at: "2026-03-03T10:00:00Z" });
    await touch(db.owner, second, { customer, kind: "opened", at: "2026-03-04T10:00:00Z", machine: true });
    await touch(db.owner, unrelated, { customer, kind: "clicked", at: "2026-03-04T11:00:00Z" });
    await bought("e1", "2026-03-05T10:00:00Z");
    expect(await conversionsOf()).toMatchObject([
      { campaign_id: first.campaignId, touch_kind: "clicked", touches: 2 },
    ]);
    const { rows } = await listConversions(admin, { campaignId: first.campaignId });
    expect(rows[0]?.touches.map(({ campaignId, kind }) => [campaignId, kind])).toEqual([
      [first.campaignId, "clicked"],
      [second.campaignId, "delivered"],
    ]);
    await expectRecount();
  });

  test("a touch outside its own, shorter window gives way to an older one inside a longer one", async () => {
    const short = await measured({ event: "policy_purchased", days: 1 });
    const long = await measured({ event: "policy_purchased", days: 60 });
    await touch(db.owner, long, { customer, kind: "delivered", at: "2026-03-01T10:00:00Z" });
    await touch(db.owner, short, { customer, kind: "delivered", at: "2026-03-02T10:00:00Z" });
    await bought("e1", "2026-03-05T10:00:00Z");
    expect(await conversionsOf()).toMatchObject([{ campaign_id: long.campaignId }]);
  });
});

describe("what is told late", () => {
  const evaluate = () => evaluateTouched(admin, { evaluators, owner: "test" });

  test("a receipt that comes after the conversion earns the credit, a bounce loses it", async () => {
    const first = await measured({ event: "policy_purchased" });
    const second = await measured({ event: "policy_purchased" });
    await touch(db.owner, first, { customer, kind: "delivered", at: "2026-03-01T10:00:00Z" });
    await db.owner`insert into execution_results (part, run_number, seq, batch_number, workspace_id, state)
      values (${second.part}, ${second.runNumber}, 1, 1, ${workspaceId}, 'sent')`;
    await bought("e1", "2026-03-05T10:00:00Z");
    await evaluate();
    expect(await conversionsOf()).toMatchObject([{ campaign_id: first.campaignId }]);
    const told = (kind: "delivered" | "bounced", occurredAt: string) => ({
      kind,
      publicId: encodePublicId({ part: second.part, runNumber: second.runNumber, seq: 1 }),
      dedupeKey: kind,
      occurredAt: new Date(occurredAt),
      reason: null,
      detail: null,
      cost: null,
      suppress: false,
    });
    await recordProviderEvents(admin, [told("delivered", "2026-03-04T10:00:00Z")]);
    await evaluate();
    expect(await conversionsOf()).toMatchObject([
      { campaign_id: second.campaignId, touch_kind: "delivered" },
    ]);
    await expectRecount();
    await recordProviderEvents(admin, [told("bounced", "2026-03-06T10:00:00Z")]);
    await evaluate();
    expect(await conversionsOf()).toMatchObject([{ campaign_id: first.campaignId }]);
    expect(await runFigures(admin, { campaignId: second.campaignId })).toMatchObject({
      converted: 0,
      revenue: "0",
    });
    await expectRecount();
  });

  test("an event that is told days later is credited by when it happened", async () => {
    const run = await measured({ goal: "lead_generation", event: "policy_purchased" });
    await touch(db.owner, run, { customer, kind: "delivered", at: "2026-03-01T10:00:00Z" });
    await db.setClock("2026-06-01T12:00:00Z");
    await bought("late", "2026-03-02T10:00:00Z");
    expect(await conversionsOf()).toMatchObject([{ campaign_id: run.campaignId }]);
  });

  test.each([
    ["payment_bounced", "payment_bounced"],
    ["free_look_cancelled", "free_look"],
  ])("%s takes the conversion of the same policy back", async (name, reason) => {
    const run = await measured({ event: "policy_purchased" });
    await touch(db.owner, run, { customer, kind: "delivered", at: "2026-03-01T10:00:00Z" });
    await bought("e1", "2026-03-05T10:00:00Z", { policy_number: "P1" });
    await bought("e2", "2026-03-06T10:00:00Z", { policy_number: "P2" });
    const back = { id: "b", name, customer: { external_id: "C1" }, properties: { policy_number: "P1" } };
    await ingestEvents(admin, { events: [back] });
    await ingestEvents(admin, { events: [back] });
    expect(await conversionsOf()).toMatchObject([{ discounted_for: reason }, { discounted_for: null }]);
    expect(await runFigures(admin, { campaignId: run.campaignId })).toMatchObject({
      converted: 1,
      conversions: 1,
    });
    await expectRecount();
  });
});
