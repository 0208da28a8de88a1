import { expect, test } from "vitest";
import { numbers } from "@/db/testing/campaign-history";
import { testDatabase } from "@/db/testing/database";
import { makeCustomers, makeMember, makeWorkspace } from "@/db/testing/factories";
import { touch } from "@/server/conversions/testing/touched";
import { addDays, daysBetween } from "@/server/platform/days";
import { newId } from "@/server/platform/ids";
import { makeLedgerRun } from "@/server/tracking/testing/ledger";
import { persistency } from "./persistency";
import { renewalCollection } from "./renewals";

const db = await testDatabase();
const TODAY = "2026-11-26";

type Policy = {
  id: string;
  customer: string;
  grace: number;
  product: string;
  status: string;
  start: string;
  mode: string;
};
/** Of the premium of a policy that is written down in dollars, nothing counts in rupees. */
const currencyOf = ({ product }: Policy) => (product === "Plan 2" ? "USD" : "INR");
const perYear: Record<string, bigint> = { monthly: 12n, quarterly: 4n, half_yearly: 2n, yearly: 1n };
type Payment = { policy: Policy; due: string; paid: string | null; amount: bigint };

test("premiums by due month, product and reminder, and persistency, equal a recount of policies and payments", async () => {
  const next = numbers(3);
  await db.setClock("2026-11-26T11:00:00+05:30");
  const ctx = await makeMember(db.owner, await makeWorkspace(db.owner));
  const { owner } = db;
  const ids = await makeCustomers(owner, ctx.workspaceId, 40);
  const policies = ids.flatMap((customer): Policy[] =>
    [0, 1].map(() => ({
      id: newId(),
      customer,
      grace: next(2) === 0 ? 15 : 30,
      product: `Plan ${next(3)}`,
      status: ["in_force", "in_grace", "lapsed", "surrendered", "matured"][next(5)] ?? "lapsed",
      start: addDays(TODAY, -next(2_400)),
      mode: ["monthly", "quarterly", "half_yearly", "yearly", "single"][next(5)] ?? "yearly",
    })),
  );
  const payments = policies.map((policy): Payment => {
    const due = addDays(TODAY, next(90) - 70);
    const paid = next(3) === 0 ? null : addDays(due, next(60) - 20);
    return {
      policy,
      due,
      paid: paid !== null && paid <= TODAY ? paid : null,
      amount: BigInt(1_000 + next(9_000)) * 1_000_000n,
    };
  });
  for (const { policy, due, paid, amount } of payments) {
    await owner`insert into policies (id, workspace_id, customer_id, policy_number, policy_type, product_name, status,
        premium_micros, currency, payment_mode, start_date, grace_days)
      values (${policy.id}, ${ctx.workspaceId}, ${policy.customer}, ${policy.id}, 'term', ${policy.product}, ${policy.status},
        ${String(amount)}, ${currencyOf(policy)}, ${policy.mode}, ${policy.start}, ${policy.grace})`;
    await owner`insert into premium_payments (id, workspace_id, policy_id, customer_id, due_date, amount_micros, currency, status,
        paid_at)
      values (${newId()}, ${ctx.workspaceId}, ${policy.id}, ${policy.customer}, ${due}, ${String(amount)}, 'INR',
        ${paid ? "paid" : "due"}, ${paid && `${paid}T20:00:00+05:30`})`;
  }
  const empty = await makeLedgerRun(owner, ctx.workspaceId, { size: 0 });
  const frozen = addDays(TODAY, -20);
  await owner`update campaign_runs set frozen_at = ${`${frozen}T09:00:00+05:30`} where number = ${empty.runNumber}`;
  const reminded = ids.filter((_, nth) => nth % 3 === 0);
  const run = { ...empty, customerIds: reminded };
  await owner`insert into executions (part, run_number, seq, workspace_id, customer_id, channel)
    select ${run.part}, ${run.runNumber}, nr, ${ctx.workspaceId}, t.id, 'email' from unnest(${reminded}::uuid[]) with ordinality as t (id, nr)`;
  for (const customer of reminded)
    await touch(owner, run, { customer, kind: "delivered", at: `${frozen}T09:05:00+05:30` });

  const kindOf = ({ policy, due, paid }: Payment) => {
    const last = addDays(due, policy.grace);
    if (paid) return paid <= due ? "before" : paid <= last ? "grace" : "late";
    return last < TODAY ? "lapsed" : "open";
  };
  const expected = (of: Payment[]) => {
    const part = (name: string) => of.filter((payment) => name === "due" || kindOf(payment) === name);
    return Object.fromEntries(
      ["due", "before", "grace", "late", "lapsed", "open"].flatMap((name) => [
        [name, part(name).length],
        [`${name}Amount`, String(part(name).reduce((sum, { amount }) => sum + amount, 0n))],
      ]),
    );
  };
  const shown = await renewalCollection(ctx, { month: "2026-11", by: "product" });
  for (const { key, ...row } of shown.months)
    expect(row, key).toEqual(expected(payments.filter(({ due }) => due.startsWith(key))));
  const november = payments.filter(({ due }) => due.startsWith("2026-11"));
  expect(shown.parts.reduce((sum, { due }) => sum + due, 0)).toBe(november.length);
  for (const { key, ...row } of shown.parts)
    expect(row, key).toEqual(expected(november.filter(({ policy }) => policy.product === key)));
  const told = ({ policy, due }: Payment) =>
    reminded.includes(policy.customer) && frozen >= addDays(due, -60) && frozen <= addDays(due, policy.grace);
  const { parts } = await renewalCollection(ctx, { month: "2026-11", by: "reminded" });
  for (const { key, ...row } of parts)
    expect(row, key).toEqual(expected(november.filter((payment) => told(payment) === (key === "reminded"))));

  const months = { 13: 12, 25: 24, 37: 36, 49: 48, 61: 60 };
  const yearly = (of: Policy[]) =>
    String(
      payments
        .filter(({ policy }) => of.includes(policy) && currencyOf(policy) === "INR")
        .reduce((sum, { policy, amount }) => sum + amount * (perYear[policy.mode] ?? 0n), 0n),
    );
  const found = await persistency(ctx);
  expect(found.map(({ month }) => month)).toEqual([13, 25, 37, 49, 61]);
  // Every cohort holds somebody, and somebody who stayed.
  expect(found.every(({ kept, keptPremium }) => kept > 0 && keptPremium !== "0")).toBe(true);
  for (const { month, ...shownOf } of found) {
    const age = months[month as keyof typeof months];
    const [from, until] = [monthsBack(age + 12), monthsBack(age)];
    const cohort = policies.filter(
      ({ start, mode, status }) =>
        mode !== "single" && status !== "matured" && start > from && start <= until,
    );
    const stayed = cohort.filter(({ status }) => status === "in_force" || status === "in_grace");
    expect(shownOf, String(month)).toEqual({
      ...{ began: cohort.length, kept: stayed.length },
      ...{ beganPremium: yearly(cohort), keptPremium: yearly(stayed) },
    });
  }
  const agent = await makeMember(db.owner, ctx.workspaceId, "agent");
  await expect(renewalCollection(agent, {})).rejects.toMatchObject({ code: "FORBIDDEN" });
  await expect(persistency(agent)).rejects.toMatchObject({ code: "FORBIDDEN" });
  expect(daysBetween(frozen, TODAY)).toBe(20);
});

/** The same day of the month, whole years before. */
const monthsBack = (months: number): string => `${2026 - months / 12}${TODAY.slice(4)}`;
