import { type SQL, sql } from "drizzle-orm";
import { type Transaction, withTransaction } from "@/db/transaction";
import { type Context, requireRole } from "@/server/platform/context";
import { required } from "@/server/platform/errors";
import { type RenewalsInput, renewalsInput } from "./schemas";
import { type RenewalDimension, type Renewals, renewalReaders } from "./status";

/** Months before this one, and after it. */
const MONTHS_BACK = 6;
const MONTHS_AHEAD = 2;
/** A reminder counts for what falls due within so many days of it. */
const REMINDED_DAYS = 60;
const MOST_ROWS = 50;

export type RenewalRow = Renewals & { key: string };
export type RenewalCollection = {
  currency: string;
  /** The month that is parted: `2026-11`. */
  month: string;
  /** This month, in the workspace's zone. */
  today: string;
  months: RenewalRow[];
  /** The chosen month by the chosen dimension, the most premium first. */
  parts: RenewalRow[];
  paymentsAsOf: Date | null;
};

type Local = { today: string; month: string; currency: string; asOf: string | null };

/**
 * Premiums by the month in which they fall due, counted from policies and payments as they stand: paid before they were due,
 * in the days of grace, lapsed, or still open. @throws AppError FORBIDDEN
 */
export async function renewalCollection(ctx: Context, input: RenewalsInput): Promise<RenewalCollection> {
  requireRole(ctx, ...renewalReaders);
  const { month: wanted, by } = renewalsInput.parse(input);
  return withTransaction(ctx, async (tx) => {
    const [row] = await tx.execute<Local>(sql`
      select (clock_now() at time zone time_zone)::date::text as today,
        to_char(clock_now() at time zone time_zone, 'YYYY-MM') as month, currency, payments_as_of as "asOf"
      from workspaces where id = ${ctx.workspaceId}`);
    const local = required(row, "workspace");
    const month = wanted ?? local.month;
    const first = sql`(${`${local.month}-01`}::date - ${MONTHS_BACK} * interval '1 month')::date`;
    const end = sql`(${`${local.month}-01`}::date + ${MONTHS_AHEAD + 1} * interval '1 month')::date`;
    const begins = sql`${`${month}-01`}::date`;
    const ends = sql`(${`${month}-01`}::date + interval '1 month')::date`;
    const of = { ...local, ctx };
    return {
      currency: local.currency,
      month,
      today: local.month,
      months: await counted(tx, {
        ...of,
        from: first,
        until: end,
        key: sql`to_char(p.due_date, 'YYYY-MM')`,
        order: sql`1`,
      }),
      parts: await counted(tx, {
        ...of,
        from: begins,
        until: ends,
        key: keys[by],
        ...(by === "reminded" ? { join: remindedJoin } : {}),
        order: sql`sum(d.amount) desc, 1`,
      }),
      paymentsAsOf: local.asOf === null ? null : new Date(local.asOf),
    };
  });
}

const keys: Record<RenewalDimension, SQL> = {
  product: sql`x.product_name`,
  branch: sql`coalesce(c.attributes ->> 'branch', '')`,
  advisor: sql`coalesce((select u.name from memberships m join users u on u.id = m.user_id where m.id = c.advisor_id), '')`,
  reminded: sql`case when coalesce(t.reminded, false) then 'reminded' when coalesce(t.held_out, false) then 'held_out' else 'neither' end`,
};

/** Whom a message of a renewal campaign reached, or whom one held out, around the due date. */
const remindedJoin = sql`
  left join lateral (
    select bool_or(r.delivered) as reminded, bool_or(r.held_out) as held_out from reminders r
    where r.customer_id = p.customer_id and r.day between p.due_date - ${REMINDED_DAYS}::int and p.due_date + x.grace_days) t on true`;

/** One row for each customer and run of a renewal campaign that may have spoken of premiums due in these days. */
const reminders = (ctx: Context, from: SQL, until: SQL): SQL => sql`
  runs as materialized (
    select r.part, r.number, (r.frozen_at at time zone w.time_zone)::date as day from campaign_runs r
    join campaigns k on k.id = r.campaign_id and k.goal = 'renewal_rate' join workspaces w on w.id = r.workspace_id
    where r.workspace_id = ${ctx.workspaceId} and r.part is not null
      and r.frozen_at >= ${from}::timestamp - ${REMINDED_DAYS + 1} * interval '1 day'
      and r.frozen_at < ${until}::timestamp + 92 * interval '1 day'),
  reminders as materialized (
    select e.customer_id, r.day, bool_or(e.arm = 'held_out') as held_out, bool_or(exists (
      select from execution_outcomes o where o.part = e.part and o.run_number = e.run_number and o.seq = e.seq
        and o.state in ('delivered', 'read'))) as delivered
    from executions e join runs r on r.part = e.part and r.number = e.run_number
    where e.part = any(array(select part from runs)) group by 1, 2)`;

type Counting = {
  ctx: Context;
  today: string;
  currency: string;
  from: SQL;
  until: SQL;
  key: SQL;
  order: SQL;
  join?: SQL;
};

/** By the day of the payment in the workspace's zone. Payments in other currencies count as policies, not as money. */
async function counted(tx: Transaction, counting: Counting): Promise<RenewalRow[]> {
  const { ctx, today, currency, from, until, key, order, join } = counting;
  const parts = (name: string, where: SQL) => sql`
    count(*) filter (where ${where})::int as ${sql.identifier(name)},
    coalesce(sum(d.amount) filter (where ${where}), 0)::text as ${sql.identifier(`${name}Amount`)}`;
  const day = sql`${today}::date`;
  const rows = await tx.execute<RenewalRow>(sql`
    with ${join ? reminders(ctx, from, until) : sql`nothing as (select 1)`},
    d as (
      select ${key} as key, p.due_date, p.due_date + x.grace_days as last_day,
        case when p.currency = ${currency} then p.amount_micros else 0 end as amount,
        (p.paid_at at time zone w.time_zone)::date as paid
      from premium_payments p join policies x on x.id = p.policy_id join workspaces w on w.id = p.workspace_id
      left join customers c on c.id = p.customer_id ${join ?? sql``}
      where p.workspace_id = ${ctx.workspaceId} and p.due_date >= ${from} and p.due_date < ${until})
    select key, count(*)::int as due, coalesce(sum(d.amount), 0)::text as "dueAmount",
      ${parts("before", sql`paid <= due_date`)}, ${parts("grace", sql`paid > due_date and paid <= last_day`)},
      ${parts("late", sql`paid > last_day`)}, ${parts("lapsed", sql`paid is null and last_day < ${day}`)},
      ${parts("open", sql`paid is null and last_day >= ${day}`)}
    from d group by 1 order by ${order} limit ${MOST_ROWS}`);
  return [...rows];
}
