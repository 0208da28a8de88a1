import { type SQL, sql } from "drizzle-orm";
import type { Transaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { type Difference, difference, statedBy } from "./difference";
import { claimOf, type Decision } from "./match";
import type { RejectedRow } from "./parse-row";

export type Created = Extract<Decision, { kind: "create" }>;
export type Matched = Extract<Decision, { kind: "match" }>;
type Update = { decision: Matched; change: Difference };

/** The decisions of a chunk by what they do. */
export type Plan = { created: Created[]; updates: Update[]; unchanged: Matched[]; rejected: RejectedRow[] };

export function planWrites(decisions: Decision[], rejected: RejectedRow[]): Plan {
  const plan: Plan = { created: [], updates: [], unchanged: [], rejected: [...rejected] };
  for (const decision of decisions) {
    if (decision.kind === "create") plan.created.push(decision);
    else if (decision.kind === "reject") plan.rejected.push(decision.row);
    else {
      const change = difference(decision.customer, decision.row);
      if (change) plan.updates.push({ decision, change });
      else plan.unchanged.push(decision);
    }
  }
  return plan;
}

/** Rows as one parameter, whatever their number. */
const asJson = (rows: unknown[]): SQL => sql`${JSON.stringify(rows)}::jsonb`;

const CUSTOMER_SHAPE = sql.raw(
  "(id uuid, external_id text, name text, phone text, email text, language text, tier text, city text, birth_date date, attributes jsonb)",
);

/** Appends the created customers. @throws unique violation when someone else just made one with the same external id */
export async function insertCustomers(tx: Transaction, ctx: Context, created: Created[]): Promise<void> {
  if (created.length === 0) return;
  const rows = created.map(({ id, row }) => ({ id, ...statedBy(row), attributes: row.attributes }));
  await tx.execute(sql`
    insert into customers (id, workspace_id, external_id, name, phone, email, language, tier, city, birth_date, attributes)
    select id, ${ctx.workspaceId}, external_id, coalesce(name, ''), phone, email, coalesce(language, 'en'),
      coalesce(tier, 'bronze'), city, birth_date, attributes
    from jsonb_to_recordset(${asJson(rows)}) as r ${CUSTOMER_SHAPE}`);
}

/** Writes the changed columns; a column that a row does not state stays. */
export async function updateCustomers(tx: Transaction, ctx: Context, updates: Update[]): Promise<void> {
  if (updates.length === 0) return;
  const rows = updates.map(({ decision, change }) => ({ id: decision.customer.id, ...change.after }));
  await tx.execute(sql`
    update customers c set external_id = coalesce(r.external_id, c.external_id), name = coalesce(r.name, c.name),
      phone = coalesce(r.phone, c.phone), email = coalesce(r.email, c.email),
      language = coalesce(r.language, c.language), tier = coalesce(r.tier, c.tier), city = coalesce(r.city, c.city),
      birth_date = coalesce(r.birth_date, c.birth_date),
      attributes = c.attributes || coalesce(r.attributes, '{}'::jsonb), updated_at = clock_now()
    from jsonb_to_recordset(${asJson(rows)}) as r ${CUSTOMER_SHAPE}
    where c.id = r.id and c.workspace_id = ${ctx.workspaceId}`);
}

/** Notes what was done to each customer, for the undo, and returns whom. `consented` were otherwise left as they were. */
export async function recordChanges(
  tx: Transaction,
  ctx: Context,
  at: { importId: string; plan: Plan; consented: string[] },
): Promise<string[]> {
  const touched = new Set(at.plan.created.map(({ id }) => id));
  for (const { decision } of at.plan.updates) touched.add(decision.customer.id);
  const rows = [
    ...at.plan.created.map(({ id }) => ({ customer_id: id, action: "created" })),
    ...at.plan.updates.map(({ decision, change }) => ({
      customer_id: decision.customer.id,
      action: "updated",
      ...change,
    })),
    ...at.consented
      .filter((id) => !touched.has(id))
      .map((id) => ({ customer_id: id, action: "updated", before: {}, after: {} })),
  ];
  if (rows.length === 0) return [];
  await tx.execute(sql`
    insert into import_changes (workspace_id, import_id, customer_id, action, before, after)
    select ${ctx.workspaceId}, ${at.importId}, customer_id, action, before, after
    from jsonb_to_recordset(${asJson(rows)}) as r (customer_id uuid, action text, before jsonb, after jsonb)`);
  return rows.map((row) => row.customer_id);
}

/** Keeps the rows that were not taken, with the reason, for the error file. */
export async function recordRejections(
  tx: Transaction,
  ctx: Context,
  at: { importId: string; rejected: RejectedRow[] },
): Promise<void> {
  if (at.rejected.length === 0) return;
  const rows = at.rejected.map(({ rowNumber, reason, cells }) => ({
    row_number: rowNumber,
    reason,
    // Postgres text cannot hold a zero character.
    row: cells.map((cell) => cell.replaceAll("\u0000", "")),
  }));
  await tx.execute(sql`
    insert into import_rejections (workspace_id, import_id, row_number, reason, row)
    select ${ctx.workspaceId}, ${at.importId}, row_number, reason, row
    from jsonb_to_recordset(${asJson(rows)}) as r (row_number integer, reason text, row jsonb)`);
}

/** Leaves the accepted rows' keys for the chunks after this one. */
export async function recordClaims(
  tx: Transaction,
  ctx: Context,
  at: { importId: string; plan: Plan },
): Promise<void> {
  const accepted = [
    ...at.plan.created,
    ...at.plan.updates.map(({ decision }) => decision),
    ...at.plan.unchanged,
  ];
  if (accepted.length === 0) return;
  await tx.execute(sql`
    insert into import_claims (workspace_id, import_id, row_number, customer_id, external_id, phone, email, name)
    select ${ctx.workspaceId}, ${at.importId}, r."rowNumber", r."customerId", r."externalId", phone, email, name
    from jsonb_to_recordset(${asJson(accepted.map(claimOf))})
      as r ("rowNumber" integer, "customerId" uuid, "externalId" text, phone text, email text, name text)`);
}
