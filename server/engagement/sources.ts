import { type SQL, sql } from "drizzle-orm";
import { FORGOTTEN_AFTER_DAYS, partOfEvent } from "./formula";

const pairs = sql.raw(
  Object.entries(partOfEvent)
    .map(([name, part]) => `('${name}', '${part}')`)
    .join(", "),
);

/**
 * `customer`, `part`, `day`: every day on which something of a part happened to one of these customers, each once. `ids` is
 * an array of customer ids, `zone` and `day` (the last one that counts; what is dated later counts as of that day) are
 * expressions.
 */
export function engagementDays(of: { workspaceId: string; ids: SQL; zone: SQL; day: SQL }): SQL {
  const { workspaceId, ids, zone, day } = of;
  const local = (instant: SQL): SQL => sql`(${instant} at time zone ${zone})::date`;
  return sql`
    select customer, part, day from (
      select e.customer_id as customer, m.part, ${local(sql`e.occurred_at`)} as day
      from customer_events e join (values ${pairs}) as m (name, part) on m.name = e.name
      where e.workspace_id = ${workspaceId} and e.customer_id = any (${ids})
      union select y.customer_id, 'payments', ${local(sql`y.paid_at`)} from premium_payments y
      where y.workspace_id = ${workspaceId} and y.customer_id = any (${ids}) and y.status = 'paid' and y.paid_at is not null
      union select x.customer_id, case when d.kind = 'clicked' then 'clicks' when d.kind = 'complained' then 'complaints'
        else 'opens' end, ${local(sql`d.occurred_at`)}
      from executions x join delivery_events d on d.part = x.part and d.run_number = x.run_number and d.seq = x.seq
      where x.workspace_id = ${workspaceId} and x.customer_id = any (${ids})
        and d.kind in ('opened', 'read', 'clicked', 'complained') and not d.machine
      union select r.customer_id, case when r.class = 'complaint' then 'complaints' else 'replies' end, ${local(sql`r.received_at`)}
      from responses r where r.workspace_id = ${workspaceId} and r.customer_id = any (${ids})
        and r.class not in ('unsubscribe', 'auto_reply')
      union select w.customer_id, 'optOuts', ${local(sql`w.at`)} from consents w
      where w.workspace_id = ${workspaceId} and w.customer_id = any (${ids})
        and w.action = 'withdrawn' and w.purpose = 'promotional'
        -- Taking an import back says nothing about the customer.
        and w.source <> 'import undone') happened
    where day <= ${day} and day > ${day} - ${FORGOTTEN_AFTER_DAYS}::int`;
}
