import { type SQL, sql } from "drizzle-orm";
import { withTransaction } from "@/db/transaction";
import { type Context, requireRole } from "@/server/platform/context";
import { eventSenders } from "./status";

/** A name under which events came in. */
export type EventNameLine = {
  name: string;
  /** Events of the last 30 days. */
  recent: number;
  /** ISO instants: when the newest and the oldest happened. */
  lastAt: string;
  firstAt: string;
  /** What the newest events carry. */
  properties: string[];
};

const MOST = 500;
const LOOKED_AT = 200;

const iso = (value: SQL): SQL => sql`to_char(${value} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`;

/** Every name that came in, the one that was seen last first. @throws AppError FORBIDDEN */
export async function listEventNames(ctx: Context): Promise<EventNameLine[]> {
  requireRole(ctx, ...eventSenders);
  const next = (after: SQL): SQL => sql`(select e.name from customer_events e
    where e.workspace_id = ${ctx.workspaceId} ${after} order by e.name limit 1)`;
  const own = sql`e.workspace_id = ${ctx.workspaceId} and e.name = n.name`;
  const rows = await withTransaction(ctx, (tx) =>
    // From name to name over the index; all of a name's events are never read.
    tx.execute<EventNameLine>(sql`
      with recursive names as (
        select ${next(sql``)} as name
        union all select ${next(sql`and e.name > names.name`)} from names where names.name is not null)
      select n.name, recent.count as recent, ${iso(sql`last.at`)} as "lastAt", ${iso(sql`first.at`)} as "firstAt",
        carried.properties
      from (select name from names where name is not null limit ${MOST}) n
      cross join lateral (select occurred_at as at from customer_events e where ${own} order by occurred_at desc limit 1) last
      cross join lateral (select occurred_at as at from customer_events e where ${own} order by occurred_at limit 1) first
      cross join lateral (select count(*)::int as count from customer_events e
        where ${own} and e.occurred_at > (select clock_now()) - interval '30 days') recent
      cross join lateral (select coalesce(array_agg(distinct key order by key), '{}') as properties
        from (select properties from customer_events e where ${own} order by occurred_at desc limit ${LOOKED_AT}) e,
          jsonb_object_keys(e.properties) key) carried
      order by last.at desc, n.name`),
  );
  return [...rows];
}
