import { type SQL, sql } from "drizzle-orm";
import type { Context } from "@/server/platform/context";
import { ofType, type Placed } from "./candidates";
import type { Trigger } from "./schemas";

type Inactive = Extract<Trigger, { on: "inactive" }>;

/**
 * Customers of whom the last sign of life (an event, an open, a click, an answer, or that they became customers) lies on the
 * local day so many days before: on that day something, since then nothing.
 */
export function inactiveCandidates(ctx: Context, { place, trigger }: Placed<Inactive>, days: SQL): SQL {
  const on = (column: string) => sql`${sql.raw(column)} >= q.begins and ${sql.raw(column)} < q.ends`;
  const after = (column: string) => sql`${sql.raw(column)} >= q.ends and ${sql.raw(column)} <= q.at`;
  const opened = sql`not v.machine and v.kind in ('opened', 'read', 'clicked')`;
  const executed = sql`join executions x on x.part = v.part and x.run_number = v.run_number and x.seq = v.seq`;
  const events = (when: SQL, who: SQL) => sql`
    select v.customer_id from customer_events v where v.workspace_id = ${ctx.workspaceId} and ${when} ${who}`;
  const deliveries = (when: SQL, who: SQL) => sql`
    select x.customer_id from delivery_events v ${executed}
    where v.workspace_id = ${ctx.workspaceId} and ${opened} and ${when} ${who}`;
  const answers = (when: SQL, who: SQL) => sql`
    select v.customer_id from responses v
    where v.workspace_id = ${ctx.workspaceId} and v.customer_id is not null and ${when} ${who}`;
  const hers = (column: string) => sql`and ${sql.raw(column)} = s.customer_id`;
  return sql`
    select ${place}::int as place, s.customer_id, ${`inactive-${trigger.days}/`} || q.day as occurrence,
      null::uuid as policy_id, q.day as about, null::uuid as event_id, q.at
    from (select d.*, ((d.day - ${trigger.days}::int)::timestamp at time zone d.zone) as begins,
      ((d.day - ${trigger.days - 1}::int)::timestamp at time zone d.zone) as ends from ${days}) q
    cross join lateral (
      ${events(on("v.occurred_at"), sql``)} union ${deliveries(on("v.occurred_at"), sql``)}
      union ${answers(on("v.received_at"), sql``)}
      union select v.id from customers v where v.workspace_id = ${ctx.workspaceId} and ${on("v.created_at")}) s
    join customers c on c.id = s.customer_id
    where (q.key is null or q.key = coalesce(c.time_zone, ''))
      and not exists (${events(after("v.occurred_at"), hers("v.customer_id"))})
      and not exists (${deliveries(after("v.occurred_at"), hers("x.customer_id"))})
      and not exists (${answers(after("v.received_at"), hers("v.customer_id"))})
      ${ofType(ctx, trigger.policyTypes, null, "c.id")}`;
}
