import { sql } from "drizzle-orm";
import { type Transaction, withTransaction } from "@/db/transaction";
import { type Context, requireRole } from "@/server/platform/context";
import { csvLine } from "@/server/platform/csv";
import { findImport } from "./state";
import { importers } from "./status";

type Values = Record<string, unknown>;

/** What an import did to a customer, a policy or a payment. */
export type RecordDifference = {
  kind: "customer" | "policy" | "payment";
  id: string;
  /** The policy's number, or the customer's name. */
  title: string;
  customerId: string;
  customerName: string;
  action: "created" | "updated" | "closed";
  before: Values | null;
  after: Values | null;
};

const ROWS_A_PAGE = 500;
const MOST_SHOWN = 20;

/** The first changes of an import for its screen: what was changed before what is new. */
export async function firstDifferences(tx: Transaction, importId: string): Promise<RecordDifference[]> {
  const rows = await tx.execute<RecordDifference>(sql`
    select d.kind, d.record_id as id, d.customer_id as "customerId", d.action, d.before, d.after,
      coalesce(c.name, '') as "customerName", coalesce(p.policy_number, d.after ->> 'policy_number', '') as title
    from (
      (select * from import_record_changes where import_id = ${importId} and action <> 'created' limit ${MOST_SHOWN})
      union all
      (select * from import_record_changes where import_id = ${importId} and action = 'created' limit ${MOST_SHOWN})
      limit ${MOST_SHOWN}) d
    left join premium_payments x on d.kind = 'payment' and x.id = d.record_id
    left join policies p on p.id = case d.kind when 'policy' then d.record_id else x.policy_id end
    left join customers c on c.id = d.customer_id`);
  return [...rows];
}

/**
 * Everything that an import made or changed, as CSV: one line for each field, with what stood before. Read page by page.
 * @throws AppError FORBIDDEN, NOT_FOUND, both before the first piece
 */
export async function openDifferences(
  ctx: Context,
  input: { importId: string },
): Promise<{ name: string; content: AsyncGenerator<string> }> {
  requireRole(ctx, ...importers);
  const row = await withTransaction(ctx, (tx) => findImport(tx, ctx, input.importId));
  const base = row.fileName.replace(/\.[a-z0-9]{1,5}$/i, "");
  return { name: `${base}-changes.csv`, content: lines(ctx, row.id) };
}

async function* lines(ctx: Context, importId: string): AsyncGenerator<string> {
  // The mark tells Excel that this is UTF-8.
  yield `\uFEFF${csvLine(["what", "policy or customer", "customer", "change", "field", "before", "after"])}`;
  for (const kind of ["customer", "policy", "payment"] as const)
    for (let after = "00000000-0000-0000-0000-000000000000"; ; ) {
      const page = await withTransaction(ctx, (tx) => readPage(tx, { importId, kind, after }));
      const last = page.at(-1);
      if (!last) break;
      yield page.map(linesOf).join("");
      after = last.id;
    }
}

async function readPage(
  tx: Transaction,
  at: { importId: string; kind: RecordDifference["kind"]; after: string },
): Promise<RecordDifference[]> {
  const rows =
    at.kind === "customer"
      ? await tx.execute<RecordDifference>(sql`
          select 'customer' as kind, d.customer_id as id, d.customer_id as "customerId", d.action, d.before, d.after,
            coalesce(c.name, '') as title, coalesce(c.name, '') as "customerName"
          from import_changes d left join customers c on c.id = d.customer_id
          where d.import_id = ${at.importId} and d.customer_id > ${at.after}
          order by d.customer_id limit ${ROWS_A_PAGE}`)
      : await tx.execute<RecordDifference>(sql`
          select d.kind, d.record_id as id, d.customer_id as "customerId", d.action, d.before, d.after,
            coalesce(c.name, '') as "customerName", coalesce(p.policy_number, d.after ->> 'policy_number', '') as title
          from import_record_changes d
          left join premium_payments x on d.kind = 'payment' and x.id = d.record_id
          left join policies p on p.id = case d.kind when 'policy' then d.record_id else x.policy_id end
          left join customers c on c.id = d.customer_id
          where d.import_id = ${at.importId} and d.kind = ${at.kind} and d.record_id > ${at.after}
          order by d.record_id limit ${ROWS_A_PAGE}`);
  return [...rows];
}

function linesOf({ kind, title, customerName, action, before, after }: RecordDifference): string {
  const [old, now] = [flat(before), flat(after)];
  const fields = Object.keys(now);
  const head = [kind, title, customerName, action];
  if (fields.length === 0) return csvLine([...head, "", "", ""]);
  return fields
    .map((field) => csvLine([...head, field.replace(/_micros$/, ""), textOf(field, old), textOf(field, now)]))
    .join("");
}

/** Attributes beside the other fields. */
const flat = (values: Values | null): Values => {
  const { attributes, ...fields } = values ?? {};
  return { ...fields, ...((attributes as Values | undefined) ?? {}) };
};

function textOf(field: string, values: Values): string {
  const value = values[field];
  if (value === null || value === undefined) return "";
  return field.endsWith("_micros") ? (Number(value) / 1_000_000).toFixed(2) : String(value);
}
