import { sql } from "drizzle-orm";
import type { Transaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import type { Claim, Known, KnownRecords } from "./match";
import type { KnownPolicy } from "./match-policy";
import type { ReadRow } from "./parse-row";
import type { KnownPayment } from "./plan-policies";
import type { Surroundings } from "./row-plan";

const present = (values: (string | null | undefined)[]): string[] => [
  ...new Set(values.filter((value): value is string => typeof value === "string")),
];
const anyOf = (values: string[], type: "text" | "uuid") => sql`any(${sql.param(values)}::${sql.raw(type)}[])`;

type Work = { importId: string; rows: ReadRow[]; surroundings: Surroundings };
export type World = KnownRecords & { payments: KnownPayment[] };

/**
 * The customers and policies that share a key with any of the rows, the payments of those policies that matter, and the rows
 * of this import that hold one of them or share a key. Customers and policies are locked until the transaction ends: nobody
 * changes them between the look and the write.
 */
export async function lookUp(tx: Transaction, ctx: Context, work: Work): Promise<World> {
  const numbers = present(work.rows.map(({ row }) => row.policy?.number));
  // People first, then what is theirs: the order in which everybody locks them.
  const { known, claims } = await readPeople(tx, ctx, { ...work, numbers });
  const policies = numbers.length > 0 ? await readPolicies(tx, ctx, numbers) : [];
  return { known, claims, policies, payments: await readPayments(tx, ctx, { ...work, policies }) };
}

async function readPeople(
  tx: Transaction,
  ctx: Context,
  { importId, rows, numbers }: Work & { numbers: string[] },
): Promise<{ known: Known[]; claims: Claim[] }> {
  const externalIds = anyOf(present(rows.map(({ row }) => row.externalId)), "text");
  const phones = anyOf(present(rows.map(({ row }) => row.phone)), "text");
  const emails = anyOf(present(rows.map(({ row }) => row.email)), "text");
  const claimed = sql`select customer_id from import_claims where import_id = ${importId} and`;
  const own = sql`select id from customers where workspace_id = ${ctx.workspaceId} and`;
  const known = await tx.execute<Known>(sql`
    with found as materialized (
      ${own} external_id = ${externalIds} union ${own} phone = ${phones} union ${own} lower(email) = ${emails}
      union select customer_id from policies
        where workspace_id = ${ctx.workspaceId} and policy_number = ${anyOf(numbers, "text")}
      union ${claimed} external_id = ${externalIds} union ${claimed} phone = ${phones}
      union ${claimed} email = ${emails} union ${claimed} policy_number = ${anyOf(numbers, "text")})
    select c.id, c.external_id as "externalId", c.phone, lower(c.email) as email, c.name, c.language, c.tier, c.city,
      c.birth_date::text as "birthDate", c.stop_state as "stopState", c.attributes
    from customers c join found using (id) where c.workspace_id = ${ctx.workspaceId} order by c.id
    for no key update of c`);
  const ids = anyOf(
    known.map((customer) => customer.id),
    "uuid",
  );
  // In two steps: as one statement, statistics that know only earlier imports make it read the claims once for each row.
  const holders = await tx.execute<{ customer_id: string }>(sql`
    ${claimed} external_id = ${externalIds} union ${claimed} phone = ${phones} union ${claimed} email = ${emails}
    union ${claimed} policy_number = ${anyOf(numbers, "text")} union ${claimed} customer_id = ${ids}`);
  const held = anyOf(
    holders.map((holder) => holder.customer_id),
    "uuid",
  );
  const claims = await tx.execute<Claim>(sql`
    select row_number as "rowNumber", customer_id as "customerId", external_id as "externalId", phone, email, name,
      stated, changed, policy_number as "policyNumber", due_date::text as "dueDate"
    from import_claims where import_id = ${importId} and customer_id = ${held} order by row_number`);
  return { known: [...known], claims: [...claims] };
}

async function readPolicies(tx: Transaction, ctx: Context, numbers: string[]): Promise<KnownPolicy[]> {
  const rows = await tx.execute<KnownPolicy>(sql`
    select id, customer_id as "customerId", policy_number as number, policy_type as "policyType",
      product_name as "productName", status, premium_micros::text as premium, sum_assured_micros::text as "sumAssured",
      currency, payment_mode as "paymentMode", auto_debit as "autoDebit", start_date::text as "startDate",
      renewal_date::text as "renewalDate", grace_days as "graceDays"
    from policies where workspace_id = ${ctx.workspaceId} and policy_number = ${anyOf(numbers, "text")}
    order by id for no key update`);
  return [...rows];
}

/** Those that nobody paid, and those of the due dates that the rows name. */
async function readPayments(
  tx: Transaction,
  ctx: Context,
  { rows, policies, surroundings }: Work & { policies: KnownPolicy[] },
): Promise<KnownPayment[]> {
  if (policies.length === 0) return [];
  const days = present(rows.map(({ row }) => row.policy?.dueDate));
  const ids = policies.map((policy) => policy.id);
  const payments = await tx.execute<KnownPayment>(sql`
    select id, policy_id as "policyId", due_date::text as "dueDate", amount_micros::text as amount, status,
      (paid_at at time zone ${surroundings.timeZone})::date::text as "paidOn"
    from premium_payments where workspace_id = ${ctx.workspaceId} and policy_id = ${anyOf(ids, "uuid")}
      and (status <> 'paid' or due_date = any(${sql.param(days)}::text[]::date[]))
    order by due_date for no key update`);
  return [...payments];
}
