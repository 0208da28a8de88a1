import { type SQL, sql } from "drizzle-orm";
import { withTransaction } from "@/db/transaction";
import { type Context, requireRole } from "@/server/platform/context";
import { customerValuesInput } from "./schemas";
import { inScope } from "./scope";
import { customerReaders } from "./status";

const MOST_VALUES = 200;

export type ValueUse = { value: string; customers: number };

const columns: Record<string, SQL> = { city: sql`c.city`, language: sql`c.language` };

/**
 * The values of a field among the customers that the person sees, most frequent first: what a filter offers, read when it
 * is opened. @throws AppError FORBIDDEN
 */
export async function listValues(ctx: Context, input: { of: string }): Promise<ValueUse[]> {
  requireRole(ctx, ...customerReaders);
  const { of } = customerValuesInput.parse(input);
  const from = of === "tag" ? sql`customers c cross join lateral unnest(c.tags) tag` : sql`customers c`;
  const value =
    of === "tag" ? sql`tag` : (columns[of] ?? sql`c.attributes ->> ${of.slice("attribute:".length)}`);
  const rows = await withTransaction(ctx, (tx) =>
    tx.execute<ValueUse>(sql`
      select value, count(*)::int as customers from (select ${value} as value from ${from} where ${inScope(ctx)}) v
      where value is not null group by 1 order by 2 desc, 1 limit ${MOST_VALUES}`),
  );
  return [...rows];
}
