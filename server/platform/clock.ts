import { sql } from "drizzle-orm";
import type { Transaction } from "@/db/transaction";
import type { Context } from "./context";
import { required } from "./errors";

/** SQL expression of the one clock; for defaults, comparisons and updates. */
export const clockNow = sql<Date>`clock_now()`;

/** The database's time as an instant. Use it, never the process's clock, for anything that decides. */
export async function readClock(tx: Transaction): Promise<Date> {
  const [row] = await tx.execute<{ now: string }>(sql`select clock_now()::text as now`);
  if (!row) throw new Error("the database gave no time");
  return new Date(row.now);
}

/** The calendar day that it is in the workspace's own time zone: 2026-11-28. */
export async function readToday(tx: Transaction, ctx: Context): Promise<string> {
  const [row] = await tx.execute<{ today: string }>(sql`
    select (clock_now() at time zone time_zone)::date::text as today from workspaces where id = ${ctx.workspaceId}`);
  return required(row, "workspace").today;
}
