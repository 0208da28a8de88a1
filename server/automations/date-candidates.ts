import { type SQL, sql } from "drizzle-orm";
import type { Context } from "@/server/platform/context";
import { unpaidAt } from "@/server/policies";
import { ofType, type Placed } from "./candidates";
import type { DueDay } from "./due-days";
import { inactiveCandidates } from "./inactive-candidates";

/** Due days as rows `d (key, zone, day, at)`. */
const daysAs = (days: readonly DueDay[]): SQL => sql`
  jsonb_to_recordset(${JSON.stringify(days)}::jsonb) as d (key text, zone text, day date, at timestamptz)`;

/** A day is everybody's, or of the customers `c` who carry its zone. */
const whose = sql`(d.key is null or d.key = coalesce(c.time_zone, ''))`;

/** Whom days let in. What counts is how policies and payments stand, payments as they stood at the day's hour. */
export function dateCandidates(
  ctx: Context,
  { place, trigger }: Placed,
  days: readonly DueDay[],
): SQL | null {
  const { policyTypes } = trigger;
  const policy = (name: string, about: SQL, where: SQL): SQL => sql`
    select ${place}::int as place, p.customer_id, p.id::text || ${`/${name}/`} || (${about})::text as occurrence,
      p.id as policy_id, (${about})::date as about, null::uuid as event_id, d.at
    from ${daysAs(days)} join policies p on p.workspace_id = ${ctx.workspaceId} and ${where}
    join customers c on c.id = p.customer_id and ${whose} where true ${ofType(ctx, policyTypes, "p.policy_type", "c.id")}`;
  const living = sql`p.status in ('in_force', 'in_grace')`;
  switch (trigger.on) {
    case "renewal":
      return policy(
        `renewal-${trigger.days}`,
        sql`p.renewal_date`,
        sql`p.renewal_date = d.day + ${trigger.days}::int and p.status = 'in_force' and ${unpaid(sql`p.renewal_date`)}`,
      );
    case "grace":
      return policy(
        "grace",
        sql`p.renewal_date`,
        sql`p.renewal_date = d.day - 1 and p.grace_days > 0 and ${living} and ${unpaid(sql`p.renewal_date`)}`,
      );
    case "grace_ends":
      return policy(
        "grace-ends",
        sql`p.renewal_date`,
        sql`p.renewal_date between d.day - 400 and d.day - 1 and p.renewal_date = d.day - p.grace_days and ${living}
          and ${unpaid(sql`p.renewal_date`)}`,
      );
    case "lapsed":
      return policy(
        `lapsed-${trigger.days}`,
        sql`p.renewal_date`,
        sql`p.renewal_date between d.day - ${trigger.days + 400}::int and d.day - ${trigger.days}::int
          and p.renewal_date = d.day - p.grace_days - ${trigger.days}::int and p.status = 'lapsed'
          and ${unpaid(sql`p.renewal_date`)}`,
      );
    case "anniversary":
      return policy(
        "anniversary",
        sql`d.day`,
        sql`p.start_date < d.day and p.status in ('in_force', 'in_grace', 'paid_up') and ${yearly(sql`p.start_date`)}`,
      );
    case "premium_due":
      return premium(`premium-${trigger.days}`, sql`x.due_date = d.day + ${trigger.days}::int`, living);
    case "overdue":
      return premium(
        `overdue-${trigger.days}`,
        sql`x.due_date = d.day - ${trigger.days}::int`,
        sql`p.status in ('in_force', 'in_grace', 'lapsed')`,
      );
    case "birthday":
      return sql`
        select ${place}::int as place, c.id as customer_id, 'birthday/' || d.day as occurrence, null::uuid as policy_id,
          d.day as about, null::uuid as event_id, d.at
        from ${daysAs(days)} join customers c on c.workspace_id = ${ctx.workspaceId} and c.birth_date < d.day
          and ${yearly(sql`c.birth_date`)} and ${whose} where true ${ofType(ctx, policyTypes, null, "c.id")}`;
    case "inactive":
      return inactiveCandidates(ctx, { place, trigger }, daysAs(days));
    default:
      return null;
  }

  function premium(name: string, when: SQL, status: SQL): SQL {
    return sql`
      select ${place}::int as place, p.customer_id, p.id::text || ${`/${name}/`} || x.due_date::text as occurrence,
        p.id as policy_id, x.due_date as about, null::uuid as event_id, d.at
      from ${daysAs(days)} join premium_payments x on x.workspace_id = ${ctx.workspaceId} and ${when}
      join policies p on p.id = x.policy_id and ${status} and ${unpaid(sql`x.due_date`)}
      join customers c on c.id = p.customer_id and ${whose} where true ${ofType(ctx, policyTypes, "p.policy_type", "c.id")}`;
  }
}

/**
 * The same day of a later year. Born, or begun, on 29 February: 28 February in ordinary years, so that nobody waits four
 * years and the month stays (as Postgres adds years).
 */
const yearly = (date: SQL): SQL => sql`
  (${date} + make_interval(years => extract(year from d.day)::int - extract(year from ${date})::int))::date = d.day`;

/** It was not paid by the hour of `d`. */
const unpaid = (due: SQL): SQL => unpaidAt(due, sql`d.at`);
