import type { Sql } from "postgres";

const instants = new Set([
  "not_before",
  "slot_start",
  "slot_end",
  "assigned_at",
  "last_attempt_at",
  "contacted_at",
  "closed_at",
]);

/** The columns that the log of a request leads to, line by line, in one spelling. */
export async function replayLog(owner: Sql, callbackId: string): Promise<Record<string, unknown>> {
  const lines = await owner<{ changes: Record<string, unknown> }[]>`
    select changes from callback_activities where callback_id = ${callbackId} order by at, id`;
  return inOneSpelling(Object.assign({}, ...lines.map(({ changes }) => changes)));
}

/** The same columns of the row. */
export async function readRow(
  owner: Sql,
  callbackId: string,
  names: string[],
): Promise<Record<string, unknown>> {
  const [row] = await owner<
    Record<string, unknown>[]
  >`select * from callback_requests where id = ${callbackId}`;
  return inOneSpelling(Object.fromEntries(names.map((name) => [name, row?.[name] ?? null])));
}

const inOneSpelling = (columns: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(columns).map(([name, value]) => {
      if (value === null || value === undefined) return [name, null];
      if (instants.has(name)) return [name, new Date(value as string).toISOString()];
      return [name, typeof value === "bigint" ? Number(value) : value];
    }),
  );
