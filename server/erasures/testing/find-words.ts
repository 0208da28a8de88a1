import type { Sql } from "postgres";

type Column = { table: string; column: string; bytes: boolean };

/**
 * Every `table.column` of the whole database that holds one of the words, whatever its type: texts, lists, JSON, bytes. Walks
 * information_schema, so a table made tomorrow is looked into as well.
 */
export async function findWords(owner: Sql, words: readonly string[]): Promise<string[]> {
  const columns = await owner<Column[]>`
    select c.table_schema || '.' || c.table_name as table, c.column_name as column, c.data_type = 'bytea' as bytes
    from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
    where t.table_type = 'BASE TABLE' and c.table_schema not in ('pg_catalog', 'information_schema', 'drizzle')
      and c.data_type in ('text', 'character varying', 'jsonb', 'json', 'bytea', 'ARRAY') order by 1, 2`;
  const looks = columns.map(({ table, column, bytes }) => {
    const [schema = "", name = ""] = table.split(".");
    const value = bytes ? `encode("${column}", 'escape')` : `"${column}"::text`;
    return `select '${name}.${column}' as place where exists (
      select from "${schema}"."${name}" where ${value} ilike any ($1::text[]))`;
  });
  const patterns = words.map((word) => `%${word.replace(/[\\%_]/g, "\\$&")}%`);
  const rows = await owner.unsafe<{ place: string }[]>(looks.join(" union all "), [patterns as never]);
  // A partition's rows are its parent's.
  return [...new Set(rows.map(({ place }) => place.replace(/_p\d+\./, ".")))].sort();
}
