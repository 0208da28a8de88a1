import { sql } from "drizzle-orm";
import type { Transaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import type { RecordPlan } from "./plan-policies";
import { asJson } from "./write-rows";

const POLICY_SHAPE = sql.raw(
  `(id uuid, customer_id uuid, policy_number text, policy_type text, product_name text, status text, premium_micros bigint,
  sum_assured_micros bigint, currency text, payment_mode text, auto_debit boolean, start_date date, renewal_date date,
  grace_days integer)`,
);
const PAYMENT_SHAPE = sql.raw(
  "(id uuid, customer_id uuid, policy_id uuid, due_date date, amount_micros bigint, currency text, status text, paid_on date)",
);

/** Writes what a chunk does to policies and premium payments, in a statement for each kind and act. */
export async function writeRecords(
  tx: Transaction,
  ctx: Context,
  at: { importId: string; records: RecordPlan[]; timeZone: string },
): Promise<void> {
  if (at.records.length === 0) return;
  const pick = (kind: RecordPlan["kind"], isNew: boolean) =>
    at.records
      .filter((record) => record.kind === kind && (record.before === null) === isNew)
      .map(({ id, customerId, after }) => ({ id, customer_id: customerId, ...after }));
  await insertPolicies(tx, ctx, pick("policy", true));
  await updatePolicies(tx, ctx, pick("policy", false));
  await insertPayments(tx, ctx, { rows: pick("payment", true), timeZone: at.timeZone });
  await updatePayments(tx, ctx, { rows: pick("payment", false), timeZone: at.timeZone });
  await tx.execute(sql`
    insert into import_record_changes (workspace_id, import_id, kind, record_id, customer_id, action, before, after)
    select ${ctx.workspaceId}, ${at.importId}, kind, id, "customerId", action, before, after
    from jsonb_to_recordset(${asJson(at.records)})
      as r (kind text, id uuid, "customerId" uuid, action text, before jsonb, after jsonb)`);
}

async function insertPolicies(tx: Transaction, ctx: Context, rows: unknown[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.execute(sql`
    insert into policies (id, workspace_id, customer_id, policy_number, policy_type, product_name, status, premium_micros,
      sum_assured_micros, currency, payment_mode, auto_debit, start_date, renewal_date, grace_days)
    select id, ${ctx.workspaceId}, customer_id, policy_number, policy_type, product_name, status, premium_micros,
      sum_assured_micros, currency, payment_mode, auto_debit, start_date, renewal_date, grace_days
    from jsonb_to_recordset(${asJson(rows)}) as r ${POLICY_SHAPE}`);
}

/** A row holds the changed columns and the customer, whose payments go along when the policy does. */
async function updatePolicies(tx: Transaction, ctx: Context, rows: unknown[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.execute(sql`
    with given as (select * from jsonb_to_recordset(${asJson(rows)}) as r ${POLICY_SHAPE}),
    moved as (
      update premium_payments p set customer_id = g.customer_id from given g
      where p.workspace_id = ${ctx.workspaceId} and p.policy_id = g.id and p.customer_id <> g.customer_id)
    update policies p set customer_id = g.customer_id, policy_type = coalesce(g.policy_type, p.policy_type),
      product_name = coalesce(g.product_name, p.product_name), status = coalesce(g.status, p.status),
      premium_micros = coalesce(g.premium_micros, p.premium_micros),
      sum_assured_micros = coalesce(g.sum_assured_micros, p.sum_assured_micros),
      payment_mode = coalesce(g.payment_mode, p.payment_mode), auto_debit = coalesce(g.auto_debit, p.auto_debit),
      start_date = coalesce(g.start_date, p.start_date), renewal_date = coalesce(g.renewal_date, p.renewal_date),
      grace_days = coalesce(g.grace_days, p.grace_days), updated_at = clock_now()
    from given g where p.id = g.id and p.workspace_id = ${ctx.workspaceId}`);
}

type Payments = { rows: unknown[]; timeZone: string };

/** Noon of the day in the workspace's zone: it stays that day in all zones near it. */
const paidAt = (timeZone: string) => sql`((r.paid_on + interval '12 hours') at time zone ${timeZone})`;

async function insertPayments(tx: Transaction, ctx: Context, { rows, timeZone }: Payments): Promise<void> {
  if (rows.length === 0) return;
  await tx.execute(sql`
    insert into premium_payments (id, workspace_id, policy_id, customer_id, due_date, amount_micros, currency, status,
      paid_at)
    select id, ${ctx.workspaceId}, policy_id, customer_id, due_date, amount_micros, currency, status, ${paidAt(timeZone)}
    from jsonb_to_recordset(${asJson(rows)}) as r ${PAYMENT_SHAPE}`);
}

async function updatePayments(tx: Transaction, ctx: Context, { rows, timeZone }: Payments): Promise<void> {
  if (rows.length === 0) return;
  await tx.execute(sql`
    update premium_payments p set amount_micros = coalesce(r.amount_micros, p.amount_micros),
      status = coalesce(r.status, p.status), paid_at = case when r.dated then ${paidAt(timeZone)} else p.paid_at end
    from (select x.*, j.value ? 'paid_on' as dated
      from jsonb_array_elements(${asJson(rows)}) j cross join lateral jsonb_to_record(j.value) as x ${PAYMENT_SHAPE}) r
    where p.id = r.id and p.workspace_id = ${ctx.workspaceId}`);
}
