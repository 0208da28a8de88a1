import type { TestDatabase } from "@/db/testing/database";
import type { Context } from "@/server/platform/context";

/** Sets the database's clock to an instant. */
export async function setClock(db: TestDatabase, instant: string): Promise<void> {
  await db.moveClock("0 seconds");
  const [row] = await db.owner<{ seconds: number }[]>`
    select extract(epoch from ${instant}::timestamptz - clock_now())::float8 as seconds`;
  await db.moveClock(`${row?.seconds ?? 0} seconds`);
}

export const policiesOf = (db: TestDatabase, ctx: Context) => db.owner`
  select p.policy_number as number, c.name, p.policy_type as type, p.product_name as product, p.status,
    p.premium_micros::text as premium, p.sum_assured_micros::text as assured, p.payment_mode as mode,
    p.auto_debit as debit, p.start_date::text as start, p.renewal_date::text as renewal, p.grace_days as grace
  from policies p join customers c on c.id = p.customer_id where p.workspace_id = ${ctx.workspaceId} order by 1`;

export const paymentsOf = (db: TestDatabase, ctx: Context) => db.owner`
  select p.policy_number as number, x.due_date::text as due, x.amount_micros::text as amount, x.status,
    (x.paid_at at time zone w.time_zone)::date::text as paid, x.customer_id = p.customer_id as own
  from premium_payments x join policies p on p.id = x.policy_id join workspaces w on w.id = x.workspace_id
  where x.workspace_id = ${ctx.workspaceId} order by 1, 2`;

export const peopleOf = (db: TestDatabase, ctx: Context) => db.owner`
  select name, phone, email, external_id, stop_state from customers
  where workspace_id = ${ctx.workspaceId} order by name, id`;

/** Changes with any write to customers, policies or payments. */
export async function fingerprint(db: TestDatabase, ctx: Context): Promise<string> {
  const [row] = await db.owner<{ mark: string }[]>`
    select md5(string_agg(mark, ',' order by mark)) as mark from (
      select id::text || xmin::text || ctid::text as mark from customers where workspace_id = ${ctx.workspaceId}
      union all select id::text || xmin::text || ctid::text from policies where workspace_id = ${ctx.workspaceId}
      union all select id::text || xmin::text || ctid::text from premium_payments where workspace_id = ${ctx.workspaceId}) x`;
  return row?.mark ?? "";
}
