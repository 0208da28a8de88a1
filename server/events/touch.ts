import { sql } from "drizzle-orm";
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
  const ids = customerIds.flatMap((id) => kinds.map(() => id));
  const words = customerIds.flatMap(() => kinds);
  await tx.execute(
    sql`select touch_customers(${ctx.workspaceId}, ${sql.param(ids)}::uuid[], ${sql.param(words)}::text[])`,
  );
  wakeEvaluator();
}

/** The channel on which the worker hears that somebody was touched. */
export const TOUCHED_CHANNEL = "ringback_touched";
const COALESCE_MS = 60;
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
