import type { SQL } from "drizzle-orm";
import { PgDialect } from "drizzle-orm/pg-core";
import type { Sql } from "postgres";

const dialect = new PgDialect();

/** Runs a statement that was written with Drizzle's `sql` on a hot connection, so that both share one meaning. */
export async function hotQuery<Row extends object>(sql: Sql, statement: SQL): Promise<Row[]> {
  const { sql: text, params } = dialect.sqlToQuery(statement);
  return [...(await sql.unsafe<Row[]>(text, params as never[]))];
}
