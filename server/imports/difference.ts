import type { Known } from "./match";
import type { ParsedRow } from "./parse-row";

type Value = string | number | boolean | null;

/** The columns that a row changes (`after`) and what stood there (`before`); attribute by attribute. */
export type Difference = { before: Record<string, unknown>; after: Record<string, unknown> };

/** What rows state of one customer. */
export type Statement = Pick<ParsedRow, "externalId" | "phone" | "email" | "fields" | "attributes">;

const columns = {
  external_id: "externalId",
  phone: "phone",
  email: "email",
  name: "name",
  language: "language",
  tier: "tier",
  city: "city",
  birth_date: "birthDate",
  stop_state: "stopState",
} as const satisfies Record<string, keyof Known>;

/** What the row says in the customer's columns; blank cells say nothing. */
export const statedBy = (row: Statement): Partial<Record<keyof typeof columns, string>> => ({
  ...(row.externalId === null ? {} : { external_id: row.externalId }),
  ...(row.phone === null ? {} : { phone: row.phone }),
  ...(row.email === null ? {} : { email: row.email }),
  ...row.fields,
});

/** Null when the customer stands as the row says already. */
export function difference(customer: Known, row: Statement): Difference | null {
  const before: Record<string, unknown> = {};
  const after: Record<string, unknown> = {};
  for (const [column, value] of Object.entries(statedBy(row))) {
    const stands = customer[columns[column as keyof typeof columns]];
    // A file may stop promotion; it never takes a stop back or exchanges it.
    if (stands === value || (column === "stop_state" && stands !== null)) continue;
    before[column] = stands;
    after[column] = value;
  }
  const old: Record<string, Value> = {};
  const changed: Record<string, Value> = {};
  for (const [key, value] of Object.entries(row.attributes)) {
    const stands = customer.attributes[key];
    if (stands === value) continue;
    if (stands !== undefined) old[key] = stands;
    changed[key] = value;
  }
  if (Object.keys(changed).length > 0) {
    before.attributes = old;
    after.attributes = changed;
  }
  return Object.keys(after).length > 0 ? { before, after } : null;
}
