import { type SQL, sql } from "drizzle-orm";
import { executePrepared } from "@/db/execute-prepared";
import type { Transaction } from "@/db/transaction";
import type { Wanted } from "@/server/customers";
import type { Context } from "@/server/platform/context";
import { storable, storableJson } from "@/server/platform/storable";
import type { PropertyValue } from "./schemas";
import type { EventSource } from "./status";
import { markingCustomers } from "./touch";

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

// One value of each event as an array: the database reads arrays several times faster than rows of JSON.
const texts = (values: (string | null)[]): SQL => sql`${sql.param(values)}::text[]`;
/** Ids need no quotes in the spelling of an array, which saves the driver a look at each. */
const ids = (values: string[]): SQL => sql`${`{${values.join(",")}}`}::uuid[]`;

/**
 * Stores events, rolls them up and marks their customers, in one statement. An event whose sender's id is known already, or
 * stood in this batch before, is left out. Returns the ids of those that were left out.
 */
export async function storeEvents(
  tx: Transaction,
  ctx: Context,
  events: readonly ReadyEvent[],
): Promise<Set<string>> {
  if (events.length === 0) return new Set();
  const columns = sql.join(
    [
      ids(events.map(({ id }) => id)),
      ids(events.map(({ customerId }) => customerId)),
      texts(events.map(({ sourceId }) => sourceId && storable(sourceId))),
      texts(events.map(({ name }) => name)),
      texts(events.map(({ properties }) => storableJson(properties))),
      texts(events.map(({ occurredAt }) => occurredAt)),
    ],
    sql`, `,
  );
  // Locks in one order everywhere: source ids, then roll-ups, then marks. Two batches never wait in a circle.
  // Nearly always all are stored: then nothing is compared for the answer.
  // The clock is read once: a default or an expression in the list would ask it for each row, which costs more than the insert.
  const rows = await executePrepared<{ id: string }>(
    tx,
    sql`
    with given as materialized (
      select * from unnest(${columns}) as r (id, customer_id, source_id, name, properties, occurred_at)),
    stored as (
      insert into customer_events (id, workspace_id, customer_id, source_id, name, properties, source, occurred_at, received_at)
      select id, ${ctx.workspaceId}::uuid, customer_id, source_id, name, properties::jsonb, ${sourceOf(ctx)},
        coalesce(occurred_at::timestamptz, (select clock_now())), (select clock_now())
      from given order by source_id, id
      on conflict (workspace_id, source_id) do nothing
      returning id, customer_id, name, occurred_at),
    rolled as (
      insert into customer_event_stats (workspace_id, customer_id, name, count, first_at, last_at)
      select ${ctx.workspaceId}::uuid, customer_id, name, count(*), min(occurred_at), max(occurred_at)
      from stored group by customer_id, name order by name, customer_id
      on conflict (workspace_id, name, customer_id) do update set count = customer_event_stats.count + excluded.count,
        first_at = least(customer_event_stats.first_at, excluded.first_at),
        last_at = greatest(customer_event_stats.last_at, excluded.last_at)
      returning 1),
    marked as (${markingCustomers(ctx, sql`select customer_id, name from stored where (select count(*) from rolled) > 0`)})
    select id from given where (select count(*) from stored) < ${events.length}::int and id not in (select id from stored)`,
  );
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
    select "customerId", ${ctx.workspaceId}, "externalId", name, phone, email from jsonb_to_recordset(${storableJson(made)}::jsonb)
      as r ("customerId" uuid, "externalId" text, name text, phone text, email text)
    order by "externalId"
    on conflict (workspace_id, external_id) do nothing returning id`);
  return rows.length;
}
