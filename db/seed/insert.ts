import type { JSONValue, Sql } from "postgres";

/** A row by column name; instants as ISO text, money as integer micro-units (exact below 2^53). */
export type SeedRow = Record<string, JSONValue | null>;

const ROWS_A_STATEMENT = 4_000;

/** Inserts rows in bulk: one parameter a statement, whatever the number of rows. Returns how many. */
export async function insertRows(sql: Sql, table: string, rows: SeedRow[]): Promise<number> {
  const [first] = rows;
  if (!first) return 0;
  const columns = Object.keys(first);
  for (let at = 0; at < rows.length; at += ROWS_A_STATEMENT) {
    const page = rows.slice(at, at + ROWS_A_STATEMENT);
    await sql`insert into ${sql(table)} (${sql(columns)})
      select ${sql(columns)} from jsonb_populate_recordset(null::${sql(table)}, ${sql.json(page)})`;
  }
  return rows.length;
}
