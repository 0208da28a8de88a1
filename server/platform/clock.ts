import { sql } from "drizzle-orm";
import type { Transaction } from "@/db/transaction";

/** SQL expression of the one clock; for defaults, comparisons and updates. */
export const clockNow = sql<Date>`clock_now()`;

/** The database's time as an instant. Use it, never the process's clock, for anything that decides. */
export async function readClock(tx: Transaction): Promise<Date> {
  const [row] = await tx.execute<{ now: string }>(sql`select clock_now()::text as now`);
  if (!row) throw new Error("the database gave no time");
  return new Date(row.now);
}
