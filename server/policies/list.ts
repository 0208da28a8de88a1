import { sql } from "drizzle-orm";
import { type Transaction, withTransaction } from "@/db/transaction";
import { findCustomer } from "@/server/customers";
import { customerReaders } from "@/server/customers/status";
import { type Context, requireRole } from "@/server/platform/context";
import { parseDay } from "@/server/platform/days";
import { AppError, required } from "@/server/platform/errors";
import { stateOf } from "@/server/platform/state";
import { findPolicy, readToday } from "./find";
import type { PaymentMode, PaymentStatus, PolicyStatus } from "./status";

/** Payments that come with each policy; the rest is asked for. */
export const PAYMENTS_AT_FIRST = 6;
const PAYMENTS_A_PAGE = 50;

export type PaymentLine = {
  id: string;
  dueDate: string;
  /** Micro-units as text: exact however large. */
  amount: string;
  currency: string;
  status: PaymentStatus;
  /** The day in the workspace's zone. */
  paidOn: string | null;
};

export type PolicyLine = {
  id: string;
  policyNumber: string;
  policyType: string;
  productName: string;
  status: PolicyStatus;
  premium: string;
  sumAssured: string | null;
  currency: string;
  paymentMode: PaymentMode;
  autoDebit: boolean;
  startDate: string | null;
  /** The next due date that is not paid. */
  renewalDate: string | null;
  graceDays: number;
  /** Latest due date first; at most `PAYMENTS_AT_FIRST`. */
  payments: PaymentLine[];
  paymentCount: number;
};

const MOST_POLICIES = 100;

/**
 * The customer's policies, the one that renews next first, each with its latest payments; in one statement. `only`: this one,
 * however many there are.
 */
export async function readPolicies(
  tx: Transaction,
  ctx: Context,
  customerId: string,
  only: string | null = null,
): Promise<PolicyLine[]> {
  const rows = await tx.execute<PolicyLine>(sql`
    select p.id, p.policy_number as "policyNumber", p.policy_type as "policyType", p.product_name as "productName",
      p.status, p.premium_micros::text as premium, p.sum_assured_micros::text as "sumAssured", p.currency,
      p.payment_mode as "paymentMode", p.auto_debit as "autoDebit", p.start_date::text as "startDate",
      p.renewal_date::text as "renewalDate", p.grace_days as "graceDays",
      coalesce(last.payments, '[]') as payments, counted.n as "paymentCount"
    from policies p
    join workspaces w on w.id = p.workspace_id
    cross join lateral (
      select count(*)::int as n from premium_payments x where x.workspace_id = p.workspace_id and x.policy_id = p.id
    ) counted
    cross join lateral (
      select jsonb_agg(to_jsonb(y) order by y."dueDate" desc) as payments from (
        select ${PAYMENT} from premium_payments x
        where x.workspace_id = p.workspace_id and x.policy_id = p.id
        order by x.due_date desc limit ${PAYMENTS_AT_FIRST}) y) last
    where p.workspace_id = ${ctx.workspaceId} and p.customer_id = ${customerId}
      and ${only ? sql`p.id = ${only}` : sql`true`}
    order by p.status in ('in_force', 'in_grace') desc, p.renewal_date nulls last, p.id limit ${MOST_POLICIES}`);
  return [...rows];
}

const PAYMENT =
  sql.raw(`x.id, x.due_date::text as "dueDate", x.amount_micros::text as amount, x.currency, x.status,
  (x.paid_at at time zone w.time_zone)::date::text as "paidOn"`);

export type CustomerPolicies = {
  policies: PolicyLine[];
  /** The day in the workspace's zone. */
  today: string;
  /** How recent what is known of payments is (ISO instant); null when no file brought any. */
  paymentsAsOf: string | null;
};

/** The policies of a customer whom the person may see. @throws AppError FORBIDDEN, NOT_FOUND */
export async function listPolicies(ctx: Context, input: { customerId: string }): Promise<CustomerPolicies> {
  requireRole(ctx, ...customerReaders);
  return withTransaction(ctx, async (tx) => {
    const customerId = await findCustomer(tx, ctx, input.customerId);
    const { today, paymentsAsOf } = await readToday(tx, ctx);
    return { policies: await readPolicies(tx, ctx, customerId), today, paymentsAsOf };
  });
}

/** A policy by itself; `state` is another one after each change of it or of its payments. */
export type OnePolicy = PolicyLine & { customerId: string; state: string };

/** One policy of a customer whom the person may see. @throws AppError FORBIDDEN, NOT_FOUND */
export async function getPolicy(ctx: Context, input: { policyId: string }): Promise<OnePolicy> {
  requireRole(ctx, ...customerReaders);
  return withTransaction(ctx, async (tx) => readPolicy(tx, ctx, await findPolicy(tx, ctx, input.policyId)));
}

/** The same in the caller's transaction, of a policy that was found. */
export async function readPolicy(
  tx: Transaction,
  ctx: Context,
  { id, customerId }: { id: string; customerId: string },
): Promise<OnePolicy> {
  const [line] = await readPolicies(tx, ctx, customerId, id);
  const policy = { ...required(line, "policy"), customerId };
  return { ...policy, state: stateOf(policy) };
}

export type PaymentPage = { rows: PaymentLine[]; next: string | null };

/** A policy's payments, latest due date first, page by page. @throws AppError FORBIDDEN, NOT_FOUND, BAD_INPUT */
export async function listPayments(
  ctx: Context,
  input: { policyId: string; cursor?: string | null },
  size: number = PAYMENTS_A_PAGE,
): Promise<PaymentPage> {
  requireRole(ctx, ...customerReaders);
  const before = input.cursor ?? null;
  if (before !== null && parseDay(before) !== before)
    throw new AppError("BAD_INPUT", "This place in the list is unknown. Go back to the first page.");
  return withTransaction(ctx, async (tx) => {
    const policy = await findPolicy(tx, ctx, input.policyId);
    const rows = await tx.execute<PaymentLine>(sql`
      select ${PAYMENT} from premium_payments x join workspaces w on w.id = x.workspace_id
      where x.workspace_id = ${ctx.workspaceId} and x.policy_id = ${policy.id}
        and (${before}::date is null or x.due_date < ${before}::date)
      order by x.due_date desc limit ${size + 1}`);
    const page = rows.slice(0, size);
    return { rows: page, next: rows.length > page.length ? (page.at(-1)?.dueDate ?? null) : null };
  });
}
