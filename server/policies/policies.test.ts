import { beforeEach, describe, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeCustomers, makeMember, makeWorkspace } from "@/db/testing/factories";
import type { Context } from "@/server/platform/context";
import { addDays, addMonths } from "@/server/platform/days";
import { newId } from "@/server/platform/ids";
import { createPolicy } from "./create";
import { listPayments, listPolicies, PAYMENTS_AT_FIRST } from "./list";
import { changePayment, recordPayment } from "./record-payment";
import type { PolicyFields } from "./schemas";
import { nextDueDate } from "./status";
import { updatePolicy } from "./update";

const db = await testDatabase();
let ctx: Context & { membershipId: string };
let customerId: string;
const [clock] = await db.owner<
  { today: string }[]
>`select (clock_now() at time zone 'Asia/Kolkata')::date::text as today`;
const today = clock?.today ?? "";

beforeEach(async () => {
  ctx = await makeMember(db.owner, await makeWorkspace(db.owner), "marketer");
  [customerId = ""] = await makeCustomers(db.owner, ctx.workspaceId, [{ name: "Asha" }]);
});

const day = (offset: number) => addDays(today, offset);

const fields = (given: Partial<PolicyFields> = {}): PolicyFields => ({
  policyNumber: `P-${newId()}`,
  policyType: "term",
  productName: "Term Shield",
  premium: "12,500.50",
  sumAssured: "50,00,000",
  paymentMode: "yearly",
  autoDebit: true,
  startDate: day(-800),
  renewalDate: day(10),
  graceDays: 30,
  ...given,
});

const make = async (given: Partial<PolicyFields> = {}): Promise<string> =>
  (await createPolicy(ctx, { customerId, ...fields(given) })).id;
const only = async () => {
  const [policy] = (await listPolicies(ctx, { customerId })).policies;
  if (!policy) throw new Error("no policy");
  return policy;
};

test("a policy is kept as it was written, with exact money, and its state follows from its dates", async () => {
  await make({ policyNumber: "P-1" });
  expect(await only()).toMatchObject({
    policyNumber: "P-1",
    status: "in_force",
    premium: "12500500000",
    sumAssured: "5000000000000",
    currency: "INR",
    autoDebit: true,
    renewalDate: day(10),
    payments: [],
  });
});

test.each([
  [{ renewalDate: day(-1) }, "in_grace"],
  [{ renewalDate: day(-31) }, "lapsed"],
  [{ renewalDate: day(-31), decided: "paid_up" as const }, "paid_up"],
])("with %j it is %s", async (given, status) => {
  await make(given);
  expect((await only()).status).toBe(status);
});

test("without a next due date it is counted from the start; a single premium has none", async () => {
  await make({ renewalDate: "", startDate: day(-1), paymentMode: "monthly" });
  const { renewalDate } = await only();
  expect(renewalDate !== null && renewalDate > today && renewalDate <= day(31)).toBe(true);
  await make({ renewalDate: null, paymentMode: "single" });
  expect((await listPolicies(ctx, { customerId })).policies.map((policy) => policy.renewalDate)).toContain(
    null,
  );
});

describe("a payment", () => {
  test("that is paid moves the next due date on, ends the grace and writes the coming one down", async () => {
    const startDate = addMonths(day(-5), -24);
    const policyId = await make({ startDate, renewalDate: day(-5) });
    expect((await only()).status).toBe("in_grace");
    const payment = { dueDate: day(-5), amount: "12500.50", state: "paid" as const, paidOn: today };
    await recordPayment(ctx, { policyId, payment });
    const policy = await only();
    const next = nextDueDate({ startDate, mode: "yearly" }, day(-5));
    expect(policy).toMatchObject({ status: "in_force", renewalDate: next, paymentCount: 2 });
    expect(policy.payments.map(({ dueDate, status, paidOn }) => [dueDate, status, paidOn])).toEqual([
      [next, "due", null],
      [day(-5), "paid", today],
    ]);
  });

  test("that bounces after it counted as paid takes all of it back", async () => {
    const policyId = await make({ renewalDate: day(-5) });
    const paid = { dueDate: day(-5), amount: "500", state: "paid" as const, paidOn: today };
    const { id } = await recordPayment(ctx, { policyId, payment: paid });
    await changePayment(ctx, { paymentId: id, payment: { ...paid, state: "failed", paidOn: null } });
    const policy = await only();
    expect(policy).toMatchObject({ status: "in_grace", renewalDate: day(-5) });
    expect(policy.payments.find((payment) => payment.id === id)).toMatchObject({
      status: "failed",
      paidOn: null,
    });
  });

  test("is overdue by its date, and is refused twice for one day or with a day of payment to come", async () => {
    const policyId = await make();
    const open = { dueDate: day(-2), amount: "500", state: "open" as const };
    await recordPayment(ctx, { policyId, payment: open });
    expect((await only()).payments[0]?.status).toBe("overdue");
    await expect(recordPayment(ctx, { policyId, payment: open })).rejects.toMatchObject({
      code: "CONFLICT",
      details: { field: "dueDate" },
    });
    await expect(
      recordPayment(ctx, {
        policyId,
        payment: { dueDate: day(1), amount: "5", state: "paid", paidOn: day(1) },
      }),
    ).rejects.toMatchObject({ code: "BAD_INPUT", details: { field: "paidOn" } });
  });

  test("lists page by page, latest first, and the policy shows the first few", async () => {
    const policyId = await make({ paymentMode: "monthly" });
    await db.owner`insert into premium_payments (id, workspace_id, policy_id, customer_id, due_date, amount_micros, currency, status)
      select gen_random_uuid(), ${ctx.workspaceId}, ${policyId}, ${customerId}, date '2015-01-01' + n, 1000000, 'INR', 'paid'
      from generate_series(1, 120) n`;
    expect((await only()).payments).toHaveLength(PAYMENTS_AT_FIRST);
    expect((await only()).paymentCount).toBe(120);
    const dates: string[] = [];
    for (let cursor: string | null = null; ; ) {
      const page = await listPayments(ctx, { policyId, cursor });
      dates.push(...page.rows.map((payment) => payment.dueDate));
      cursor = page.next;
      if (!cursor) break;
    }
    expect(dates).toHaveLength(120);
    expect(dates).toEqual(dates.toSorted().reverse());
  });
});

test("every change is in the history with its values, in the audit log without, and marks the customer", async () => {
  const policyId = await make({ policyNumber: "P-9" });
  await updatePolicy(ctx, { policyId, changes: { premium: "13,000", decided: "surrendered" } });
  await updatePolicy(ctx, { policyId, changes: { premium: "13000" } });
  const changes = await db.owner`
    select before, after from customer_changes where customer_id = ${customerId} order by id`;
  expect(changes.map((row) => row.after)).toEqual([
    expect.objectContaining({ policyNumber: "P-9", premium: "12500500000", status: "in_force" }),
    { premium: "13000000000", status: "surrendered" },
  ]);
  expect(changes[1]?.before).toEqual({ premium: "12500500000", status: "in_force" });
  const audit =
    await db.owner`select action, after from audit_entries where workspace_id = ${ctx.workspaceId} order by id`;
  expect(audit.map((row) => row.action)).toEqual(["policy.created", "policy.updated"]);
  expect(JSON.stringify(audit)).not.toMatch(/P-9|13000/);
  const [touched] = await db.owner`select kinds from touched_customers where customer_id = ${customerId}`;
  expect(touched?.kinds).toEqual(["policy"]);
});

describe("who may", () => {
  test("an advisor works on the own book only; supervisors read; agents do neither", async () => {
    const policyId = await make();
    const advisor = await makeMember(db.owner, ctx.workspaceId, "advisor");
    const change = { policyId, changes: { autoDebit: false } };
    await expect(updatePolicy(advisor, change)).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(listPolicies(advisor, { customerId })).rejects.toMatchObject({ code: "NOT_FOUND" });
    await db.owner`update customers set advisor_id = ${advisor.membershipId} where id = ${customerId}`;
    await updatePolicy(advisor, change);
    const supervisor = await makeMember(db.owner, ctx.workspaceId, "supervisor");
    expect((await listPolicies(supervisor, { customerId })).policies).toHaveLength(1);
    await expect(updatePolicy(supervisor, change)).rejects.toMatchObject({ code: "FORBIDDEN" });
    const agent = await makeMember(db.owner, ctx.workspaceId, "agent");
    await expect(listPolicies(agent, { customerId })).rejects.toMatchObject({ code: "FORBIDDEN" });
  });

  test("a foreign and a malformed id are not found", async () => {
    const policyId = await make();
    const stranger = await makeMember(db.owner, await makeWorkspace(db.owner));
    const payment = { dueDate: today, amount: "5", state: "open" as const };
    for (const [who, id] of [
      [stranger, policyId],
      [ctx, "nonsense"],
    ] as const) {
      const gone = { code: "NOT_FOUND" };
      await expect(updatePolicy(who, { policyId: id, changes: {} })).rejects.toMatchObject(gone);
      await expect(recordPayment(who, { policyId: id, payment })).rejects.toMatchObject(gone);
      await expect(changePayment(who, { paymentId: id, payment })).rejects.toMatchObject(gone);
    }
  });

  test("a number belongs to one policy of the workspace", async () => {
    await make({ policyNumber: "P-1" });
    await expect(make({ policyNumber: "P-1" })).rejects.toMatchObject({
      code: "CONFLICT",
      details: { field: "policyNumber" },
    });
  });
});
