import { beforeEach, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeCustomers, makeWorkspace } from "@/db/testing/factories";
import { type Context, systemContext } from "@/server/platform/context";
import { newId } from "@/server/platform/ids";
import { rollPolicies, workspacesWithANewDay } from "./roll-day";
import { type PolicyStatus, policyStatuses, policyStatusOn } from "./status";

const db = await testDatabase();
let ctx: Context;
let customerId: string;

async function inZone(zone: string): Promise<void> {
  ctx = systemContext(await makeWorkspace(db.owner));
  await db.owner`update workspaces set time_zone = ${zone} where id = ${ctx.workspaceId}`;
  [customerId = ""] = await makeCustomers(db.owner, ctx.workspaceId, [{ name: "Asha" }]);
}

beforeEach(() => inZone("Asia/Kolkata"));

async function makePolicy(status: PolicyStatus, renewalDate: string | null, graceDays = 30): Promise<string> {
  const id = newId();
  await db.owner`
    insert into policies (id, workspace_id, customer_id, policy_number, policy_type, product_name, status, premium_micros,
      currency, payment_mode, renewal_date, grace_days)
    values (${id}, ${ctx.workspaceId}, ${customerId}, ${id}, 'life', 'Jeevan', ${status}, 1000000, 'INR', 'yearly',
      ${renewalDate}, ${graceDays})`;
  return id;
}
const statusOf = async (id: string) =>
  (await db.owner`select status from policies where id = ${id}`)[0]?.status;

test("the database moves policies as the one rule says, for every state and every day around the edges", async () => {
  await db.setClock("2028-03-31T12:00:00+05:30");
  const today = "2028-03-31";
  const days = [
    "2028-02-28",
    "2028-02-29",
    "2028-03-01",
    "2028-03-02",
    "2028-03-30",
    "2028-03-31",
    "2028-04-01",
    null,
  ];
  const made: { id: string; status: PolicyStatus; dueDate: string | null; graceDays: number }[] = [];
  for (const status of policyStatuses)
    for (const dueDate of days)
      for (const graceDays of [0, 15, 30])
        made.push({ id: await makePolicy(status, dueDate, graceDays), status, dueDate, graceDays });
  while (!(await rollPolicies(ctx)).done);
  const order: PolicyStatus[] = ["in_force", "in_grace", "lapsed"];
  for (const policy of made) {
    const ruled = policyStatusOn(policy, today);
    // The calendar makes nothing better: that takes a payment.
    const expected = order.indexOf(ruled) > order.indexOf(policy.status) ? ruled : policy.status;
    expect(await statusOf(policy.id), JSON.stringify(policy)).toBe(expected);
  }
  expect(await rollPolicies(ctx)).toEqual({ policies: 0, payments: 0, done: true });
});

test("the day begins at midnight of the workspace's zone, also where the clocks change and where zones have quarter hours", async () => {
  const midnights = [
    ["Asia/Kolkata", "2026-03-10T23:59:30+05:30", "2026-03-11T00:00:30+05:30"],
    ["Asia/Kathmandu", "2026-03-10T23:59:30+05:45", "2026-03-11T00:00:30+05:45"],
    ["America/St_Johns", "2026-03-10T23:59:30-02:30", "2026-03-11T00:00:30-02:30"],
    ["Pacific/Kiritimati", "2026-03-10T23:59:30+14:00", "2026-03-11T00:00:30+14:00"],
    ["Europe/Berlin", "2026-03-10T23:59:30+01:00", "2026-03-11T00:00:30+01:00"],
  ] as const;
  for (const [zone, before, after] of midnights) {
    await inZone(zone);
    const [due, grace] = [
      await makePolicy("in_force", "2026-03-10"),
      await makePolicy("in_grace", "2026-02-08"),
    ];
    await db.setClock(before);
    await rollPolicies(ctx);
    expect([await statusOf(due), await statusOf(grace)], `${zone} before`).toEqual(["in_force", "in_grace"]);
    expect(await workspacesWithANewDay(), zone).not.toContain(ctx.workspaceId);
    await db.setClock(after);
    expect(await workspacesWithANewDay(), zone).toContain(ctx.workspaceId);
    await rollPolicies(ctx);
    expect([await statusOf(due), await statusOf(grace)], `${zone} after`).toEqual(["in_grace", "lapsed"]);
    expect(await workspacesWithANewDay(), zone).not.toContain(ctx.workspaceId);
  }
});

test("an unpaid payment is overdue from the midnight after its day; what somebody said of one stays", async () => {
  const policyId = await makePolicy("in_force", "2028-02-29");
  const payment = (dueDate: string, status: string) => db.owner`
    insert into premium_payments (id, workspace_id, policy_id, customer_id, due_date, amount_micros, currency, status)
    values (${newId()}, ${ctx.workspaceId}, ${policyId}, ${customerId}, ${dueDate}, 1, 'INR', ${status})`;
  await payment("2028-02-29", "due");
  await payment("2027-02-28", "paid");
  await payment("2026-02-28", "failed");
  await payment("2029-02-28", "due");
  const states = async () =>
    (await db.owner`select status from premium_payments where policy_id = ${policyId} order by due_date`).map(
      (row) => row.status,
    );
  await db.setClock("2028-02-29T23:00:00+05:30");
  await rollPolicies(ctx);
  expect(await states()).toEqual(["failed", "paid", "due", "due"]);
  await db.setClock("2028-03-01T00:01:00+05:30");
  await rollPolicies(ctx);
  expect(await states()).toEqual(["failed", "paid", "overdue", "due"]);
});

test("a move stands in the customer's history and is looked at by segments and triggers", async () => {
  const id = await makePolicy("in_force", "2026-03-10");
  await db.setClock("2026-03-11T00:10:00+05:30");
  await rollPolicies(ctx);
  const [change] = await db.owner`
    select actor_kind, before, after from customer_changes where subject_id = ${id}`;
  expect(change).toEqual({
    actor_kind: "system",
    before: { status: "in_force" },
    after: { status: "in_grace" },
  });
  const [touched] = await db.owner`select kinds from touched_customers where customer_id = ${customerId}`;
  expect(touched?.kinds).toEqual(["policy"]);
});
