import { type SQL, sql } from "drizzle-orm";
import type { Transaction } from "@/db/transaction";
import type { PropertyValue } from "@/server/events/schemas";
import type { Context } from "@/server/platform/context";
import { worthOf } from "./amounts";
import { reversingEvents } from "./status";

type Reversal = {
  customerId: string;
  name: string;
  properties: Record<string, PropertyValue>;
  occurredAt: string;
};

const names = Object.keys(reversingEvents);
const reasons = [...new Set(Object.values(reversingEvents).map(({ reason }) => reason))];
const texts = (values: readonly string[]): SQL => sql`any(${sql.param([...values])}::text[])`;

/** Takes back what these stored events reverse. Called within `changingConversions`. */
export async function takeBackFor(tx: Transaction, ctx: Context, eventIds: readonly string[]): Promise<void> {
  const told = await reversals(
    tx,
    sql`e.workspace_id = ${ctx.workspaceId} and e.id = any(${sql.param([...eventIds])}::uuid[])`,
  );
  for (const each of told) await takeBack(tx, ctx, each);
}

/** Takes those of these conversions back whose reversal was told before them. Called within `changingConversions`. */
export async function takeBackToldBefore(
  tx: Transaction,
  ctx: Context,
  ids: readonly string[],
): Promise<void> {
  const among = sql`any(${sql.param([...ids])}::uuid[])`;
  // Who had such an event at all is a look into the roll-up; nearly nobody had.
  const told = await reversals(
    tx,
    sql`(e.workspace_id, e.customer_id, e.properties ->> 'policy_number') in (
      select c.workspace_id, c.customer_id, c.policy_number from conversions c
      join customer_event_stats s on s.workspace_id = c.workspace_id and s.customer_id = c.customer_id and s.name = ${texts(names)}
      where c.workspace_id = ${ctx.workspaceId} and c.id = ${among} and c.policy_number is not null)`,
  );
  for (const each of told) await takeBack(tx, ctx, each, sql`and id = ${among}`);
}

async function reversals(tx: Transaction, which: SQL): Promise<Reversal[]> {
  const rows = await tx.execute<Reversal>(sql`
    select e.customer_id as "customerId", e.name, e.properties, e.occurred_at::text as "occurredAt" from customer_events e
    where e.name = ${texts(names)} and ${which} order by e.occurred_at, e.id`);
  return [...rows];
}

/**
 * One reversal takes one conversion back: the newest of its policy before it, within the days in which such a thing happens,
 * with the same amount where both name one. If that one does not count already, the reversal was told twice. A conversion
 * that is told late (`only`) is left alone when the reversal took another one.
 */
async function takeBack(
  tx: Transaction,
  ctx: Context,
  { customerId, name, properties, occurredAt }: Reversal,
  only: SQL = sql``,
): Promise<void> {
  const { policyNumber, value, currency } = worthOf(properties);
  const rule = reversingEvents[name];
  if (!policyNumber || !rule) return;
  const { reason, withinDays } = rule;
  await tx.execute(sql`
    with meant as (
      select id, discounted_for, occurred_at from conversions
      where workspace_id = ${ctx.workspaceId} and customer_id = ${customerId} and policy_number = ${policyNumber}
        and (discounted_for is null or discounted_for = ${texts(reasons)})
        and occurred_at <= ${occurredAt}::timestamptz
        and occurred_at > ${occurredAt}::timestamptz - ${withinDays} * interval '24 hours'
        and (${value.toString()}::bigint = 0 or value_micros = 0
          or (value_micros = ${value.toString()}::bigint and currency = coalesce(${currency}, currency))))
    update conversions set discounted_for = ${reason}
    where workspace_id = ${ctx.workspaceId} and discounted_for is null ${only}
      and id = (select id from meant order by occurred_at desc, id desc limit 1)
      and not exists (
        select from meant m where m.discounted_for = ${reason} and not exists (
          select from customer_events r where r.workspace_id = ${ctx.workspaceId} and r.customer_id = ${customerId}
            and r.name = ${name} and r.properties ->> 'policy_number' = ${policyNumber}
            and r.occurred_at >= m.occurred_at and r.occurred_at < ${occurredAt}::timestamptz))`);
}
