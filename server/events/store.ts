import { type SQL, sql } from "drizzle-orm";
import type { Transaction } from "@/db/transaction";
import type { Wanted } from "@/server/customers";
import type { Context } from "@/server/platform/context";
import { storableValue } from "@/server/platform/storable";
import type { PropertyValue } from "./schemas";
import type { EventSource } from "./status";

/** An event whose customer is known, ready to be stored. */
export type ReadyEvent = {
  id: string;
  customerId: string;
  sourceId: string | null;
  name: string;
  properties: Record<string, PropertyValue>;
  /** ISO text; null means the moment of arrival. */
  occurredAt: string | null;
};

const sourceOf = ({ actor }: Context): EventSource =>
  actor.kind === "api_key" ? "api" : actor.kind === "user" ? "screen" : "system";

/** Rows as one parameter, whatever their number. */
const asJson = (rows: unknown[]): SQL => sql`${JSON.stringify(rows, storableValue)}::jsonb`;

/**
 * Stores events, rolls them up and marks their customers, in one statement. An event whose sender's id is known already, or
 * stood in this batch before, is left out. Returns the ids of those that are new.
 */
export async function storeEvents(tx: Transaction, ctx: Context, events: ReadyEvent[]): Promise<Set<string>> {
  if (events.length === 0) return new Set();
  // Locks in one order everywhere: source ids, then roll-ups, then marks. Two batches never wait in a circle.
  const rows = await tx.execute<{ id: string }>(sql`
    with given as (
      select * from jsonb_to_recordset(${asJson(events)}) as r (id uuid, "customerId" uuid, "sourceId" text, name text,
        properties jsonb, "occurredAt" timestamptz)),
    stored as (
      insert into customer_events (id, workspace_id, customer_id, source_id, name, properties, source, occurred_at)
      select id, ${ctx.workspaceId}, "customerId", "sourceId", name, properties, ${sourceOf(ctx)},
        coalesce("occurredAt", clock_now())
      from given order by "sourceId", id
      on conflict (workspace_id, source_id) do nothing
      returning id, customer_id, name, occurred_at),
    rolled as (
      insert into customer_event_stats (workspace_id, customer_id, name, count, first_at, last_at)
      select ${ctx.workspaceId}, customer_id, name, count(*), min(occurred_at), max(occurred_at)
      from stored group by customer_id, name order by name, customer_id
      on conflict (workspace_id, name, customer_id) do update set count = customer_event_stats.count + excluded.count,
        first_at = least(customer_event_stats.first_at, excluded.first_at),
        last_at = greatest(customer_event_stats.last_at, excluded.last_at)
      returning 1),
    marked as materialized (
      select touch_customers(${ctx.workspaceId}, array_agg(customer_id), array_agg(name))
      from stored where (select count(*) from rolled) > 0)
    select id from stored, marked`);
  return new Set(rows.map((row) => row.id));
}

/** Adds customers that events speak of. One whose external id somebody took meanwhile is left out. */
export async function insertCustomers(
  tx: Transaction,
  ctx: Context,
  made: (Wanted & { customerId: string })[],
): Promise<number> {
  if (made.length === 0) return 0;
  const rows = await tx.execute(sql`
    insert into customers (id, workspace_id, external_id, name, phone, email)
    select "customerId", ${ctx.workspaceId}, "externalId", name, phone, email from jsonb_to_recordset(${asJson(made)})
      as r ("customerId" uuid, "externalId" text, name text, phone text, email text)
    order by "externalId"
    on conflict (workspace_id, external_id) do nothing returning id`);
  return rows.length;
}
