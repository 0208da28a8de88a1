import type { Sql } from "postgres";
import type { Fragment, ResultRow } from "./record-results";

/**
 * The customers whose messages came to something are marked for re-evaluation, in the statement that appends the results;
 * only where somebody waits for it: segments can ask "was sent", and nothing else looks at a sending as such. After `counted`,
 * so that roll-ups are locked before marks everywhere.
 */
export const touching = (sql: Sql, rows: ResultRow[]): Fragment =>
  rows.some(({ state }) => state === "sent" || state === "delivered" || state === "failed")
    ? sql`touched as (
      insert into touched_customers (workspace_id, customer_id, kinds)
      select distinct e.workspace_id, e.customer_id, array['delivery']
      from appended a join given g using (seq)
        join executions e on e.part = g.part and e.run_number = g.run_number and e.seq = a.seq
      where a.state in ('sent', 'delivered', 'failed') and (select count(*) from counted) >= 0
        and exists (select from segments s where s.workspace_id = g.workspace_id and s.tracked and s.deleted_at is null)
      order by e.customer_id
      on conflict (workspace_id, customer_id) do update set touch = touched_customers.touch + 1,
        kinds = array(select distinct k from unnest(touched_customers.kinds || excluded.kinds) as k order by k)),`
    : sql``;
