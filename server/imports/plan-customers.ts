import { type Difference, difference, type Statement } from "./difference";
import type { Accepted, Known } from "./match";
import { type ParsedRow, statementKeys } from "./parse-row";

/** A customer of a chunk, with all that its rows state of it together. */
export type CustomerPlan = {
  id: string;
  /** Null where this import makes the customer. */
  known: Known | null;
  /** True when this chunk makes it. */
  made: boolean;
  statement: Statement;
  change: Difference | null;
  /** Rows of this chunk; the first of them counts for what is done to the customer. */
  rows: number[];
  /** Earlier chunks have counted the customer, as changed or not. */
  counted: "changed" | "unchanged" | null;
};

/** One plan a customer: of rows that contradict one another the first is believed, so that the same file changes nothing. */
export function planCustomers(accepted: Accepted[]): CustomerPlan[] {
  const plans = new Map<string, CustomerPlan>();
  for (const { row, customerId, known, again, earlier } of accepted) {
    const plan = plans.get(customerId) ?? {
      id: customerId,
      known,
      made: known === null && !again,
      statement: { externalId: null, phone: null, email: null, fields: {}, attributes: {} },
      change: null,
      rows: [],
      counted: again ? (earlier.changed ? "changed" : "unchanged") : null,
    };
    plan.rows.push(row.rowNumber);
    addTo(plan.statement, row, earlier.stated);
    plans.set(customerId, plan);
  }
  for (const plan of plans.values()) if (plan.known) plan.change = difference(plan.known, plan.statement);
  return [...plans.values()];
}

/** Adds what no earlier row stated. */
function addTo(statement: Statement, row: ParsedRow, stated: ReadonlySet<string>): void {
  for (const key of statementKeys(row)) {
    if (stated.has(key)) continue;
    if (key === "externalId" || key === "phone" || key === "email") statement[key] = row[key];
    else if (key.startsWith("attribute:")) {
      const name = key.slice("attribute:".length);
      const value = row.attributes[name];
      if (value !== undefined) statement.attributes[name] = value;
    } else {
      const field = key as keyof ParsedRow["fields"];
      statement.fields[field] = row.fields[field];
    }
  }
}
