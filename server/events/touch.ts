import { type SQL, sql } from "drizzle-orm";
import { database, isDatabaseOpen } from "@/db/client";
import type { Transaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { loggerFor } from "@/server/platform/logger";

/** What may happen to a customer, besides the name of an event. */
export type TouchKind = "profile" | "policy" | "payment" | "consent" | "delivery" | "engagement";

/**
 * Marks customers for re-evaluation (engagement, segments, triggers), in the caller's transaction: whatever commits is
 * looked at within a second, whatever is rolled back never was. One statement, however many customers. `kinds` says what
 * happened to all of them: a `TouchKind` or an event's name.
 */
export async function touchCustomers(
  tx: Transaction,
  ctx: Context,
  customerIds: readonly string[],
  kinds: readonly (TouchKind | (string & {}))[],
): Promise<void> {
  if (customerIds.length === 0 || kinds.length === 0) return;
  const touched = sql`
    select c.id, k.kind from unnest(${sql.param([...customerIds])}::uuid[]) c (id)
    cross join unnest(${sql.param([...kinds])}::text[]) k (kind)`;
  await tx.execute(markingCustomers(ctx, touched));
  wakeEvaluator();
}

/**
 * The statement that marks the customers of `touched`, which gives rows of a customer's id and what happened. It does what the
 * database's `touch_customers` does, for thousands: the clock is read once, not for each row, and a mark that nobody holds and
 * that says all of it already is locked and left as it is. The lock keeps the evaluator from taking it before this transaction
 * is over. Rows are locked in the order of the ids, so that two batches never wait in a circle.
 */
export const markingCustomers = (ctx: Context, touched: SQL): SQL => sql`
  insert into touched_customers as mark (workspace_id, customer_id, kinds, touched_at)
  select ${ctx.workspaceId}::uuid, t.customer_id, array_agg(distinct t.kind), (select clock_now())
  from (${touched}) as t (customer_id, kind) group by t.customer_id order by t.customer_id
  on conflict (workspace_id, customer_id) do update set touch = mark.touch + 1,
    kinds = case when mark.kinds @> excluded.kinds then mark.kinds
      else array(select distinct k from unnest(mark.kinds || excluded.kinds) as k order by k) end
  where mark.claimed_by is not null or not mark.kinds @> excluded.kinds`;

/** The channel on which the worker hears that somebody was touched. */
export const TOUCHED_CHANNEL = "ringback_touched";
const COALESCE_MS = 200;
const log = loggerFor("touched");
const waking = { timer: null as NodeJS.Timeout | null };

/**
 * Wakes the worker a little later, once for all touches in between: a notification in each transaction would make their
 * commits wait for one another. One that goes out before its commit costs nothing, the worker looks by itself as well.
 */
export function wakeEvaluator(): void {
  waking.timer ??= setTimeout(() => {
    waking.timer = null;
    if (!isDatabaseOpen()) return;
    database()
      .execute(sql`select pg_notify(${TOUCHED_CHANNEL}, '')`)
      .catch((error: Error) =>
        log.debug({ message: error.message }, "the worker was not woken; it will look by itself"),
      );
  }, COALESCE_MS).unref();
}
