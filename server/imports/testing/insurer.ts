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

/** What an insurer's list is called by, column by column, and four policies of three people. */
export const HEADER =
  "Policy No,Policy Holder,Mobile No,Email Id,DOB,Plan Name,Policy Status,DOC,Mode,Premium Amount,Sum Assured,Next Due Date,NACH\n";
export const FILE = `${HEADER}TRM001,Asha Rao,9876500001,asha@example.com,5-Mar-79,Suraksha Term Shield,In Force,15/03/2020,YLY,"₹12,345.00","Rs. 50,00,000/-",15/03/2026,Yes
HLT002,ASHA RAO,9876500001,,,Arogya Family Floater,IF,01-Jan-22,Half Yearly,8000,5 lakh,01/03/2026,Cash
END003,Ravi Kumar,9876500002,ravi@example.com,1980-12-31,Jeevan Samriddhi,Lapsed,10.02.2019,Monthly,1500.50,300000,10/01/2026,E-NACH
PEN004,Meena Iyer,,,,Nishchint Pension,Paid Up,2015-06-01,Single Premium,100000,,,No
`;

/** A row of `paymentsOf`, of the customer who owns the policy. */
export const payment = (
  number: string,
  due: string,
  status: string,
  more: { amount: string; paid?: string },
) => ({
  number,
  due,
  status,
  amount: more.amount,
  paid: more.paid ?? null,
  own: true,
});

/** A list of payments alone. */
export const SHORT = "Policy No,Name,Mobile,Premium,Mode,Due Date,Payment Status,Paid On\n";
