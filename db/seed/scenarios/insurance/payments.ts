import { addDays, addMonths, instantOn, monthSafe } from "../../days";
import { seedId } from "../../ids";
import type { SeedRow } from "../../insert";
import type { Random } from "../../random";
import { monthsOf, type SeedPolicy } from "./policies";

export type SeedPayment = SeedRow & {
  policy_id: string;
  customer_id: string;
  status: string;
  due_date: string;
  amount_micros: number;
};

const EARLIER_PAYMENTS = 4;

/** The next or missed payment of each policy, and the few before it, which were paid. */
export function makePaymentRows(random: Random, policies: SeedPolicy[], today: string): SeedPayment[] {
  const rows: SeedPayment[] = [];
  for (const policy of policies)
    for (const due of dueDates(policy, today))
      rows.push(makePayment(random, policy, { due, today, index: rows.length }));
  return rows;
}

function dueDates(policy: SeedPolicy, today: string): string[] {
  const months = monthsOf[policy.payment_mode as keyof typeof monthsOf];
  if (!policy.renewal_date || months === 0) return [policy.start_date];
  const earlier: string[] = [];
  for (let nth = EARLIER_PAYMENTS; nth >= 1; nth--) {
    const due = addMonths(monthSafe(policy.renewal_date), -months * nth);
    if (due >= policy.start_date && due < today && due < policy.renewal_date) earlier.push(due);
  }
  return [...earlier, policy.renewal_date];
}

function makePayment(
  random: Random,
  policy: SeedPolicy,
  at: { due: string; today: string; index: number },
): SeedPayment {
  const status = paymentStatus(random, policy, at.due, at.today);
  const paidOn = at.due < at.today ? addDays(at.due, -random.int(0, 6)) : at.due;
  return {
    id: seedId("insurance/payments", at.index),
    workspace_id: policy.workspace_id ?? null,
    policy_id: policy.id,
    customer_id: policy.customer_id,
    due_date: at.due,
    amount_micros: policy.premium_micros,
    currency: "INR",
    status,
    paid_at: status === "paid" ? instantOn(paidOn, random.int(-200, 300)) : null,
  };
}

function paymentStatus(random: Random, policy: SeedPolicy, due: string, today: string): string {
  if (due !== policy.renewal_date) return "paid";
  if (policy.status === "in_force" && due >= today) return "due";
  return policy.auto_debit && random.chance(0.5) ? "failed" : "overdue";
}
