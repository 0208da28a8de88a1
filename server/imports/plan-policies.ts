import { addMonths } from "@/server/platform/days";
import { newId } from "@/server/platform/ids";
import {
  isDecided,
  monthsBetweenPayments,
  nextDueDate,
  type PaymentMode,
  type PaymentStatus,
  paymentStatusOn,
  policyStatusOn,
  usualGraceDays,
} from "@/server/policies/status";
import type { Accepted } from "./match";
import type { KnownPolicy } from "./match-policy";
import type { ParsedPolicy } from "./parse-policy";
import type { Surroundings } from "./row-plan";

/** A premium payment as the database has it; days in the workspace's zone. */
export type KnownPayment = {
  id: string;
  policyId: string;
  dueDate: string;
  amount: string;
  status: PaymentStatus;
  /** The day on which it was paid. */
  paidOn: string | null;
};

type Values = Record<string, unknown>;
/** A record to insert (`before` null) or the columns of one to update. `closed`: it was due and is paid now. */
export type RecordPlan = {
  kind: "policy" | "payment";
  id: string;
  customerId: string;
  action: "created" | "updated" | "closed";
  before: Values | null;
  after: Values;
};

/** What a row does to its policy and its payments; `unchanged` are those that it names and that stand so already. */
export type PolicyPlan = { records: RecordPlan[]; unchanged: { policies: number; payments: number } };

type World = Surroundings & { paymentsAsOf: string | null };

/** What the database knows of the policies of a chunk. */
export type KnownContracts = { policies: KnownPolicy[]; payments: KnownPayment[] };

/** Plans the policies and payments of a chunk's accepted rows, in the file's order. */
export function planPolicies(accepted: Accepted[], known: KnownContracts, world: World): PolicyPlan[] {
  const policies = new Map(known.policies.map((policy) => [policy.number, policy]));
  const payments = new Map<string, KnownPayment[]>();
  for (const payment of known.payments)
    payments.set(payment.policyId, [...(payments.get(payment.policyId) ?? []), payment]);
  // A later row of the same policy adds its instalment; the policy itself is what the first row says.
  const seen = new Map<string, KnownPolicy>();
  return accepted.map((decision) => {
    const { policy } = decision.row;
    if (!policy) return { records: [], unchanged: { policies: 0, payments: 0 } };
    const stands = policies.get(policy.number) ?? null;
    const { customerId } = decision;
    if (decision.policyAgain) {
      // In a check the policy of an earlier chunk is nowhere: nothing was written.
      const contract = seen.get(policy.number) ?? stands ?? becoming(policy, { customerId, stands, world });
      return planPayments(policy, {
        contract,
        payments: payments.get(contract.id) ?? [],
        first: false,
        world,
      });
    }
    const contract = becoming(policy, { customerId, stands, world });
    seen.set(policy.number, contract);
    const record = policyRecord(contract, stands);
    const paid = planPayments(policy, {
      contract,
      payments: payments.get(contract.id) ?? [],
      first: true,
      world,
    });
    return {
      records: [...(record ? [record] : []), ...paid.records],
      unchanged: { policies: record ? 0 : 1, payments: paid.unchanged.payments },
    };
  });
}

/** The policy as the row leaves it. */
function becoming(
  { number, fields, ...row }: ParsedPolicy,
  { customerId, stands, world }: { customerId: string; stands: KnownPolicy | null; world: World },
): KnownPolicy {
  const paymentMode = fields.payment_mode ?? stands?.paymentMode ?? "yearly";
  const startDate = fields.start_date ?? stands?.startDate ?? null;
  const graceDays = fields.grace_days ?? stands?.graceDays ?? usualGraceDays(paymentMode);
  const said = fields.status ?? stands?.status ?? "in_force";
  const stated = row.dueDate === null ? null : nextDue(row, { dueDate: row.dueDate, startDate, paymentMode });
  const renewalDate = stated ?? stands?.renewalDate ?? null;
  // Dates decide between in force, in grace and lapsed (`server/policies/status.ts`); without one the file's word stands.
  const status =
    renewalDate === null
      ? said
      : policyStatusOn({ status: said, dueDate: renewalDate, graceDays }, world.today);
  const policyType = fields.policy_type ?? stands?.policyType ?? "other";
  return {
    id: stands?.id ?? newId(),
    customerId,
    number,
    policyType,
    productName: fields.product_name ?? stands?.productName ?? titleOf(policyType),
    status,
    premium: fields.premium_micros ?? stands?.premium ?? "0",
    sumAssured: fields.sum_assured_micros ?? stands?.sumAssured ?? null,
    currency: stands?.currency ?? world.currency,
    paymentMode,
    autoDebit: fields.auto_debit ?? stands?.autoDebit ?? false,
    startDate,
    renewalDate,
    graceDays,
  };
}

const titleOf = (type: string): string => {
  const words = type.replaceAll("_", " ");
  return type === "other" ? "Policy" : `${words.charAt(0).toUpperCase()}${words.slice(1)} policy`;
};

const isPaid = (row: Pick<ParsedPolicy, "payment">): boolean => row.payment.status === "paid";

/** The due date itself while it is unpaid, else the one after it. */
function nextDue(
  row: Pick<ParsedPolicy, "payment">,
  {
    dueDate,
    startDate,
    paymentMode,
  }: { dueDate: string; startDate: string | null; paymentMode: PaymentMode },
): string | null {
  if (!isPaid(row)) return dueDate;
  if (startDate !== null) return nextDueDate({ startDate, mode: paymentMode }, dueDate);
  const months = monthsBetweenPayments[paymentMode];
  return months === 0 ? null : addMonths(dueDate, months);
}

const policyColumns = {
  customer_id: "customerId",
  policy_type: "policyType",
  product_name: "productName",
  status: "status",
  premium_micros: "premium",
  sum_assured_micros: "sumAssured",
  payment_mode: "paymentMode",
  auto_debit: "autoDebit",
  start_date: "startDate",
  renewal_date: "renewalDate",
  grace_days: "graceDays",
} as const satisfies Record<string, keyof KnownPolicy>;

function policyRecord(contract: KnownPolicy, stands: KnownPolicy | null): RecordPlan | null {
  const record = { kind: "policy", id: contract.id, customerId: contract.customerId } as const;
  const values = (policy: KnownPolicy): Values =>
    Object.fromEntries(Object.entries(policyColumns).map(([column, key]) => [column, policy[key]]));
  if (!stands)
    return {
      ...record,
      action: "created",
      before: null,
      after: { policy_number: contract.number, currency: contract.currency, ...values(contract) },
    };
  const change = changed(values(stands), values(contract));
  return change && { ...record, action: "updated", ...change };
}

/** The columns that differ, before and after; null when none does. */
function changed(before: Values, after: Values): { before: Values; after: Values } | null {
  const columns = Object.keys(after).filter((column) => before[column] !== after[column]);
  if (columns.length === 0) return null;
  const only = (values: Values) => Object.fromEntries(columns.map((column) => [column, values[column]]));
  return { before: only(before), after: only(after) };
}

type PaymentWork = { contract: KnownPolicy; payments: KnownPayment[]; first: boolean; world: World };

/** The instalment that the row names, and those before it, which are paid when it is the first one that is not. */
function planPayments(policy: ParsedPolicy, { contract, payments, first, world }: PaymentWork): PolicyPlan {
  const none: PolicyPlan = { records: [], unchanged: { policies: 0, payments: 0 } };
  // Nothing falls due on a contract that has ended.
  if (policy.dueDate === null || isDecided(contract.status)) return none;
  const { dueDate } = policy;
  const own = planPayment(policy, {
    contract,
    stands: payments.find((each) => each.dueDate === dueDate),
    world,
  });
  const closed = first
    ? payments
        .filter((each) => each.dueDate < dueDate && each.status !== "paid")
        .map((each) => close(each, contract, paidDay(policy, world)))
    : [];
  return {
    records: [...closed, ...(own ? [own] : [])],
    unchanged: { policies: 0, payments: own ? 0 : 1 },
  };
}

function planPayment(
  policy: ParsedPolicy,
  { contract, stands, world }: { contract: KnownPolicy; stands: KnownPayment | undefined; world: World },
): RecordPlan | null {
  const dueDate = policy.dueDate ?? "";
  const record = { kind: "payment", id: stands?.id ?? newId(), customerId: contract.customerId } as const;
  const amount = policy.payment.amount ?? policy.fields.premium_micros ?? stands?.amount ?? contract.premium;
  // Money that arrived on the day of the file, or after it, is not taken back by it.
  const fileDay = world.paymentsAsOf ?? world.today;
  const newer = stands?.status === "paid" && !isPaid(policy) && (stands.paidOn ?? "") >= fileDay;
  const said = policy.payment.status ?? (stands && stands.status !== "paid" ? stands.status : "due");
  const status = newer ? "paid" : paymentStatusOn({ status: said, dueDate }, world.today);
  const paidOn = newer
    ? (stands?.paidOn ?? null)
    : status === "paid"
      ? (policy.payment.paidOn ?? stands?.paidOn ?? paidDay(policy, world))
      : null;
  const after = { amount_micros: amount, status, paid_on: paidOn };
  if (!stands)
    return {
      ...record,
      action: "created",
      before: null,
      after: { policy_id: contract.id, due_date: dueDate, currency: contract.currency, ...after },
    };
  const change = changed(
    { amount_micros: stands.amount, status: stands.status, paid_on: stands.paidOn },
    after,
  );
  const action = stands.status !== "paid" && status === "paid" ? "closed" : "updated";
  return change && { ...record, action, ...change };
}

const close = (payment: KnownPayment, contract: KnownPolicy, paidOn: string): RecordPlan => ({
  kind: "payment",
  id: payment.id,
  customerId: contract.customerId,
  action: "closed",
  before: { status: payment.status, paid_on: payment.paidOn },
  after: { status: "paid", paid_on: paidOn },
});

/** The day of payment that the file gives, else the file's own day: by then it had been paid. */
const paidDay = (policy: ParsedPolicy, world: World): string =>
  policy.payment.paidOn ?? world.paymentsAsOf ?? world.today;
