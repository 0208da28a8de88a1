import { sql as query } from "drizzle-orm";
import type { Sql } from "postgres";
import { hotQuery } from "@/db/hot-query";
import { unpaidAt } from "@/server/policies";
import { fallsDue } from "./due-day";

/** A policy with what falls due on it: micro-units, and the day as `YYYY-MM-DD`. */
export type DuePolicy = { policyNumber: string; amount: string; currency: string; day: string };

/** Whose list: the policy that the message is about, and the day on which it falls due. */
type Asked = { customerId: string; policyNumber: string | null; occurrence?: string; dueDate: string | null };

/**
 * The policies of each list, in the order of those asked: the one that the message is about, then the customer's others that
 * the same trigger would name on the same day, of these types (none: of every type), by number. Who paid meanwhile is left out.
 * Without an occurrence, the others with a payment or the renewal on that day.
 */
export async function listDuePolicies(
  sql: Sql,
  asked: readonly Asked[],
  types: readonly string[],
): Promise<DuePolicy[][]> {
  const lists: DuePolicy[][] = asked.map(() => []);
  const of = asked.map(({ occurrence = "", ...each }, place) => ({
    ...{ place, customer: each.customerId, number: each.policyNumber, day: each.dueDate },
    what: fallsDue(occurrence)?.what ?? null,
  }));
  const rows = await hotQuery<DuePolicy & { place: number }>(
    sql,
    query`
    select s.place, p.policy_number as "policyNumber", coalesce(x.amount_micros, p.premium_micros)::text as amount,
      coalesce(x.currency, p.currency) as currency, p.day::text as day
    from jsonb_to_recordset(${JSON.stringify(of)}::text::jsonb) as s (place int, customer uuid, number text, day date, what text)
    join customers c on c.id = s.customer
    cross join lateral (
      select grace_days from policies
      where workspace_id = c.workspace_id and policy_number = s.number limit 1) own
    -- The fence keeps it one look for each customer, however many are asked for.
    cross join lateral (
      select q.*, s.day + case when s.what in ('grace-ends', 'lapsed') then own.grace_days - q.grace_days else 0 end as day
      from policies q where q.workspace_id = c.workspace_id and q.customer_id = c.id offset 0) p
    left join lateral (
      select amount_micros, currency from premium_payments
      where workspace_id = p.workspace_id and policy_id = p.id and due_date = p.day limit 1) x on true
    where s.day is not null and (p.policy_number = s.number or (
      case when s.what in ('premium', 'overdue') then x.currency is not null
        else p.renewal_date = p.day or (s.what is null and x.currency is not null) end
      and p.status = any(case s.what when 'lapsed' then '{lapsed}' when 'overdue' then '{in_force,in_grace,lapsed}'
        when 'renewal' then '{in_force}' else '{in_force,in_grace}' end::text[])
      and (s.what is distinct from 'grace' or p.grace_days > 0)
      and (${types.length === 0} or p.policy_type = any(${query.param([...types])}::text[]))
      and ${unpaidAt(query`p.day`, query`clock_now()`)}))
    order by s.place, p.policy_number <> s.number, p.policy_number`,
  );
  for (const { place, ...policy } of rows) lists[place]?.push(policy);
  return lists;
}
