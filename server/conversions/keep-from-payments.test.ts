import { beforeEach, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { withTransaction } from "@/db/transaction";
import { evaluateTouched, touchCustomers } from "@/server/events";
import { ingestEvents } from "@/server/events/ingest";
import { newId } from "@/server/platform/ids";
import { makeLedgerRun } from "@/server/tracking/testing/ledger";
import { evaluators } from "@/server/worker/evaluators";
import { type Measuring, makeMeasuring, rollupsAndRecount, touch } from "./testing/touched";

const db = await testDatabase();
let made: Measuring;
let policyId: string;

beforeEach(async () => {
  made = await makeMeasuring(db, (id) => makeLedgerRun(db.owner, id, { size: 0 }));
  policyId = newId();
  await db.owner`insert into policies (id, workspace_id, customer_id, policy_number, policy_type, product_name, status,
      premium_micros, currency, payment_mode, renewal_date, grace_days)
    values (${policyId}, ${made.workspaceId}, ${made.customer}, 'P1', 'life', 'Jeevan', 'in_force', 1, 'INR', 'yearly',
      '2026-03-14', 7)`;
});

/** Writes a payment down as an import does: the row, and the mark of its customer. */
async function payment(id: string, paidAt: string | null, status: "paid" | "due" | "failed" = "paid") {
  await db.owner`
    insert into premium_payments (id, workspace_id, policy_id, customer_id, due_date, amount_micros, currency, status, paid_at)
    values (${id}, ${made.workspaceId}, ${policyId}, ${made.customer}, '2026-03-14', 8000000, 'INR', ${status}, ${paidAt})
    on conflict (id) do update set status = excluded.status, paid_at = excluded.paid_at`;
  await look();
}

async function look() {
  const { admin } = made;
  await withTransaction(admin, (tx) => touchCustomers(tx, admin, [made.customer], ["payment"]));
  while (await evaluateTouched(admin, { evaluators, owner: "test" }));
  const [stored, recounted] = await rollupsAndRecount(db.owner, made.workspaceId);
  expect(stored).toEqual(recounted);
}

const kept = () => db.owner`
  select source, campaign_id, value_micros::text as value, discounted_for from conversions
  where workspace_id = ${made.workspaceId} order by source, id`;

async function renewals() {
  const run = await made.measured({ goal: "renewal_rate" });
  await db.owner`update campaigns set launched_at = '2026-03-01T09:00:00Z' where id = ${run.campaignId}`;
  await touch(db.owner, run, { customer: made.customer, kind: "delivered", at: "2026-03-01T10:00:00Z" });
  return run;
}

test("a payment that an import brings is a conversion of the renewal campaign, and follows what becomes of the payment", async () => {
  const run = await renewals();
  const sales = await made.measured({});
  await touch(db.owner, sales, { customer: made.customer, kind: "delivered", at: "2026-03-02T10:00:00Z" });
  const id = newId();
  await payment(id, null, "due");
  expect(await kept()).toEqual([]);
  await payment(id, "2026-03-10T06:30:00Z");
  // The later message sells something else.
  const counts = { source: "payment", campaign_id: run.campaignId, value: "8000000", discounted_for: null };
  expect(await kept()).toEqual([counts]);
  await look();
  expect(await kept()).toEqual([counts]);
  await payment(id, "2026-03-10T06:30:00Z", "failed");
  expect(await kept()).toMatchObject([{ discounted_for: "payment_bounced" }]);
  await payment(id, "2026-03-11T06:30:00Z");
  expect(await kept()).toEqual([counts]);
  // The import is undone.
  await db.owner`delete from premium_payments where id = ${id}`;
  await look();
  expect(await kept()).toEqual([]);
});

test("what was paid before the first campaign for renewals is none, and what a hand called a mistake stays one", async () => {
  await renewals();
  await payment(newId(), "2026-02-20T06:30:00Z");
  expect(await kept()).toEqual([]);
  await db.owner`update premium_payments set paid_at = '2026-03-10T06:30:00Z' where policy_id = ${policyId}`;
  await look();
  await db.owner`update conversions set discounted_for = 'mistake' where workspace_id = ${made.workspaceId}`;
  await db.owner`delete from conversion_rollups where workspace_id = ${made.workspaceId}`;
  await look();
  expect(await kept()).toMatchObject([{ discounted_for: "mistake" }]);
});

test("a payment that an event tells as well counts once, whichever came first", async () => {
  const run = await renewals();
  await db.owner`update campaigns set conversion_event = 'premium_paid' where id = ${run.campaignId}`;
  await payment(newId(), "2026-03-10T06:30:00Z");
  await ingestEvents(made.admin, {
    events: [
      {
        ...{ id: "e1", name: "premium_paid", customer: { external_id: "C1" } },
        ...{ occurred_at: "2026-03-09T10:00:00Z", properties: { premium: 8, policy_number: "P1" } },
      },
    ],
  });
  await look();
  expect(await kept()).toMatchObject([
    { source: "event", discounted_for: null, campaign_id: run.campaignId },
    { source: "payment", discounted_for: "duplicate" },
  ]);
  const counts = async () => (await kept()).filter((row) => row.discounted_for === null).length;
  expect(await counts()).toBe(1);
  // The bank returns it: the event says so, the payment's row does not know yet.
  await ingestEvents(made.admin, {
    events: [
      {
        ...{ id: "e2", name: "payment_bounced", customer: { external_id: "C1" } },
        ...{ occurred_at: "2026-03-12T10:00:00Z", properties: { policy_number: "P1" } },
      },
    ],
  });
  await look();
  expect(await counts()).toBe(0);
});
