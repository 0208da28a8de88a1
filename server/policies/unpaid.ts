import { type SQL, sql } from "drizzle-orm";

/**
 * Nothing says that what fell due on this day on the policy `p` was paid by `at`: no payment on record, and no
 * `payment_received` that names the policy and lies nearer to this due date than to the one before it, by half the time
 * between payments.
 */
export const unpaidAt = (due: SQL, at: SQL): SQL => sql`
  not exists (select from premium_payments y where y.workspace_id = p.workspace_id and y.policy_id = p.id
    and y.due_date = ${due} and y.status = 'paid' and (y.paid_at is null or y.paid_at <= ${at}))
  and not exists (select from customer_events v where v.workspace_id = p.workspace_id and v.customer_id = p.customer_id
    and v.name = 'payment_received' and v.properties ->> 'policy_number' = p.policy_number and v.occurred_at <= ${at}
    and v.occurred_at >= ${due} - case p.payment_mode when 'monthly' then 15 when 'quarterly' then 45
      when 'half_yearly' then 91 else 182 end)`;
