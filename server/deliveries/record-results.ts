import type { Sql } from "postgres";
import type { Reason, ResultState } from "./status";

/** What one attempt came to, as the ledger keeps it. */
export type ResultRow = {
  seq: number;
  variant: number;
  state: ResultState;
  reason: Reason | null;
  /** What the deciding rule saw, or the provider's words; no names and no addresses, this table cannot be erased. */
  detail: string | null;
  providerMessageId: string | null;
  /** For held and retrying: how long to wait, from the database's now; or until when. */
  delayMs: number | null;
  notBefore: Date | null;
  /** What the provider charges now, and what it will charge at its billing event; tax included (micro-units). */
  cost: bigint | null;
  quoted: bigint | null;
  /** Attempts so far, this one included. */
  attempts: number;
};

/** A fragment of SQL; postgres.js nests them. */
export type Fragment = ReturnType<Sql>;

/** What an attempt says where it has nothing more to say. */
export const nothingMore = {
  reason: null,
  detail: null,
  providerMessageId: null,
  delayMs: null,
  notBefore: null,
  cost: null,
  quoted: null,
} as const;

/**
 * The last arguments of the database's `record_results` and `advance_batch`. A column that says the same of everybody, as
 * most do in most micro-batches, travels as an array of one.
 */
export const resultColumns = (sql: Sql, rows: ResultRow[]): Fragment => sql`
  ${rows.map(({ seq }) => seq)}::int[], ${short(rows, ({ variant }) => variant)}::smallint[],
  ${short(rows, ({ state }) => state)}::text[], ${short(rows, ({ reason }) => reason)}::text[],
  ${short(rows, ({ detail }) => detail)}::text[], ${short(rows, (row) => row.providerMessageId)}::text[],
  ${short(rows, ({ delayMs }) => delayMs)}::float8[],
  ${short(rows, ({ notBefore }) => notBefore?.toISOString() ?? null)}::timestamptz[],
  ${short(rows, ({ cost }) => cost?.toString() ?? null)}::bigint[],
  ${short(rows, ({ quoted }) => quoted?.toString() ?? null)}::bigint[],
  ${short(rows, ({ attempts }) => attempts)}::int[]`;

function short<T>(rows: ResultRow[], of: (row: ResultRow) => T): T[] {
  const column = rows.map(of);
  return column.every((value) => value === column[0]) ? column.slice(0, 1) : column;
}

/** Whose first results are appended outside a lease. */
export type Appending = {
  part: number;
  runNumber: number;
  workspaceId: string;
  campaignId: string;
  channel: string;
  batchNumber: number;
};

/** What one call takes: the database looks for each member's place among the others. */
const MOST_AT_ONCE = 1_000;

/** Appends first results of executions that no lease holds, and counts them, in the caller's transaction. */
export async function recordResults(sql: Sql, to: Appending, rows: ResultRow[]): Promise<void> {
  for (let from = 0; from < rows.length; from += MOST_AT_ONCE)
    await sql`
      select record_results(${to.part}, ${to.runNumber}, ${to.workspaceId}, ${to.campaignId}, null, ${to.channel},
        ${to.batchNumber}, null, ${resultColumns(sql, rows.slice(from, from + MOST_AT_ONCE))})`;
}
