import { type SQL, sql } from "drizzle-orm";
import { withTransaction } from "@/db/transaction";
import { foundBy, maskerFor } from "@/server/customers";
import { type Context, requireRole } from "@/server/platform/context";
import { type KeysetPage, keysetPage } from "@/server/platform/keyset";
import { type ListEventsInput, listEventsInput, type PropertyValue } from "./schemas";
import { type EventSource, eventSenders } from "./status";

/** One event, as people read it. */
export type EventLine = {
  /** Its place in the order: the cursor. */
  id: string;
  eventId: string;
  name: string;
  customerId: string;
  /** Null once the customer was erased. */
  customerName: string | null;
  properties: Record<string, PropertyValue>;
  source: EventSource;
  /** The sender's own id, where there was one. */
  sourceId: string | null;
  /** ISO instants: when it happened, and when it arrived. */
  occurredAt: string;
  receivedAt: string;
};

const EVENTS_A_PAGE = 50;
/** A search that finds more customers than this is too wide to be one. */
const MOST_FOUND = 1_000;

const iso = (column: string) =>
  sql.raw(`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`);

/** A cursor says the instant to the microsecond and the id, so that it holds when its event is gone. */
function placeOf(cursor: string, newer: boolean): SQL {
  const [micros = "0", id = ""] = cursor.split("_");
  const sign = sql.raw(newer ? ">" : "<");
  return sql`(e.occurred_at, e.id) ${sign} (timestamptz 'epoch' + ${micros}::bigint * interval '1 microsecond', ${id}::uuid)`;
}

/** Events, newest first by when they happened, a page at a time. @throws AppError FORBIDDEN */
export async function listEvents(
  ctx: Context,
  given: Partial<ListEventsInput>,
): Promise<KeysetPage<EventLine>> {
  requireRole(ctx, ...eventSenders);
  const { search, name, source, customer, days, after, before } = listEventsInput.parse(given);
  return withTransaction(ctx, async (tx) => {
    const conditions = [
      sql`e.workspace_id = ${ctx.workspaceId}`,
      ...(name.length > 0 ? [sql`e.name = any(${sql.param(name)}::text[])`] : []),
      ...(source.length > 0 ? [sql`e.source = any(${sql.param(source)}::text[])`] : []),
      ...(customer ? [sql`e.customer_id = ${customer}`] : []),
      ...(days ? [sql`e.occurred_at > (select clock_now()) - make_interval(days => ${Number(days)})`] : []),
      ...(after ? [placeOf(after, false)] : []),
      ...(before ? [placeOf(before, true)] : []),
    ];
    if (search) {
      const { masks } = await maskerFor(tx, ctx);
      conditions.push(sql`(e.source_id = ${search} or e.customer_id in (
        select c.id from customers c where c.workspace_id = ${ctx.workspaceId} and c.erased_at is null
          and ${foundBy(search, masks)} limit ${MOST_FOUND}))`);
    }
    const direction = before ? sql`asc` : sql`desc`;
    const rows = await tx.execute<EventLine>(sql`
      select (extract(epoch from e.occurred_at) * 1000000)::bigint || '_' || e.id as id, e.id as "eventId", e.name,
        e.customer_id as "customerId", case when c.erased_at is null then c.name end as "customerName", e.properties,
        e.source, e.source_id as "sourceId", ${iso("e.occurred_at")} as "occurredAt", ${iso("e.received_at")} as "receivedAt"
      from (select * from customer_events e where ${sql.join(conditions, sql` and `)}
        order by e.occurred_at ${direction}, e.id ${direction} limit ${EVENTS_A_PAGE + 1}) e
      left join customers c on c.id = e.customer_id
      order by e.occurred_at ${direction}, e.id ${direction}`);
    return keysetPage([...rows], { size: EVENTS_A_PAGE, after, before });
  });
}
