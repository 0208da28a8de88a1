import type { SQL } from "drizzle-orm";
import { PgDialect } from "drizzle-orm/pg-core";
import type { Transaction } from "./transaction";

/** Each stays with each connection for good, plan and all; a segment's rule in one makes it a statement of its own. */
const MOST_KEPT = 200;
const kept = new Set<string>();
const dialect = new PgDialect();

/**
 * Runs a statement of a hot path, as `tx.execute` does, but prepared: the driver asks in one trip instead of two, and the
 * database plans it a few times for each connection instead of each time. Only where one plan suits all values (look-ups by
 * key, arrays as one parameter); past `MOST_KEPT` different texts it is run as any other. @throws as `tx.execute`
 */
export async function executePrepared<Row extends Record<string, unknown>>(
  tx: Transaction,
  statement: SQL,
): Promise<Row[]> {
  const query = dialect.sqlToQuery(statement);
  if (kept.size < MOST_KEPT) kept.add(query.sql);
  const name = kept.has(query.sql) ? "kept" : undefined;
  return (await tx._.session.prepareQuery(query, undefined, name, false).execute()) as Row[];
}
