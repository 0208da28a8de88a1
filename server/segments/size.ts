import { sql } from "drizzle-orm";
import { type Transaction, withTransaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { loggerFor } from "@/server/platform/logger";

/** After this a size is counted again, behind the back of whoever asked; they get the old one. */
const FRESH_MS = 60_000;

type Known = { size: number; at: number; counting: boolean };
const known = new Map<string, Known>();
const log = loggerFor("segments");

/**
 * How many customers a workspace has, as it was a minute ago where there are many: counting a million takes as long as a
 * live count may take in all. 0 where the whole table has no more than `few`: then everybody is counted each time, which takes
 * no time and is exact. For estimates only.
 */
export async function sizeOf(tx: Transaction, ctx: Context, few: number): Promise<number> {
  const [table] = await tx.execute<{ rows: number }>(
    sql`select reltuples::float8 as rows from pg_class where oid = 'customers'::regclass`,
  );
  // Nobody has counted the table yet (-1), or it is small.
  if (!table || table.rows <= few) return 0;
  const last = known.get(ctx.workspaceId);
  // A process's own stopwatch: nothing is decided by it but when to count again.
  if (!last) return (await remember(tx, ctx)).size;
  if (performance.now() - last.at > FRESH_MS && !last.counting) {
    last.counting = true;
    withTransaction(ctx, (own) => remember(own, ctx)).catch((error: Error) => {
      last.counting = false;
      log.warn({ message: error.message }, "the size of a workspace could not be counted again");
    });
  }
  return last.size;
}

async function remember(tx: Transaction, ctx: Context): Promise<Known> {
  const [row] = await tx.execute<{ size: number }>(sql`
    select count(*)::int as size from customers c
    where c.workspace_id = ${ctx.workspaceId} and c.erased_at is null`);
  const now = { size: row?.size ?? 0, at: performance.now(), counting: false };
  known.set(ctx.workspaceId, now);
  return now;
}
