import { type SQL, sql } from "drizzle-orm";
import type { Transaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { statedBy } from "./difference";
import { claimOf } from "./match";
import type { RejectedRow } from "./parse-row";
import type { Plan } from "./plan";

/** Rows as one parameter, whatever their number. */
export const asJson = (rows: unknown[]): SQL => sql`${JSON.stringify(rows)}::jsonb`;

const CUSTOMER_SHAPE = sql.raw(
  "(id uuid, external_id text, name text, phone text, email text, language text, tier text, city text, birth_date date, stop_state text, attributes jsonb)",
);

/** Appends the created customers. @throws unique violation when someone else just made one with the same external id */
export async function insertCustomers(tx: Transaction, ctx: Context, { customers }: Plan): Promise<void> {
  const rows = customers
    .filter((plan) => plan.made)
    .map(({ id, statement }) => ({ id, ...statedBy(statement), attributes: statement.attributes }));
  if (rows.length === 0) return;
  await tx.execute(sql`
    insert into customers (id, workspace_id, external_id, name, phone, email, language, tier, city, birth_date,
      stop_state, attributes)
    select id, ${ctx.workspaceId}, external_id, coalesce(name, ''), phone, email, coalesce(language, 'en'),
      coalesce(tier, 'bronze'), city, birth_date, stop_state, attributes
    from jsonb_to_recordset(${asJson(rows)}) as r ${CUSTOMER_SHAPE}`);
}

/** Writes the changed columns; a column that no row states stays. */
export async function updateCustomers(tx: Transaction, ctx: Context, { customers }: Plan): Promise<void> {
  const rows = customers.flatMap(({ id, change }) => (change ? [{ id, ...change.after }] : []));
  if (rows.length === 0) return;
  await tx.execute(sql`
    update customers c set external_id = coalesce(r.external_id, c.external_id), name = coalesce(r.name, c.name),
      phone = coalesce(r.phone, c.phone), email = coalesce(r.email, c.email),
      language = coalesce(r.language, c.language), tier = coalesce(r.tier, c.tier), city = coalesce(r.city, c.city),
      birth_date = coalesce(r.birth_date, c.birth_date), stop_state = coalesce(r.stop_state, c.stop_state),
      attributes = c.attributes || coalesce(r.attributes, '{}'::jsonb), updated_at = clock_now()
    from jsonb_to_recordset(${asJson(rows)}) as r ${CUSTOMER_SHAPE}
    where c.id = r.id and c.workspace_id = ${ctx.workspaceId}`);
}

/**
 * Notes what was done to each customer, for the undo, and returns whom. `consented` were otherwise left as they were. A
 * customer that an earlier chunk of this import made or changed keeps what stood before that.
 */
export async function recordChanges(
  tx: Transaction,
  ctx: Context,
  at: { importId: string; plan: Plan; consented: string[] },
): Promise<string[]> {
  const touched = at.plan.customers.filter((plan) => plan.made || plan.change);
  const known = new Set(touched.map((plan) => plan.id));
  const rows = [
    ...touched.map(({ id, made, change }) =>
      made ? { customer_id: id, action: "created" } : { customer_id: id, action: "updated", ...change },
    ),
    ...at.consented
      .filter((id) => !known.has(id))
      .map((id) => ({ customer_id: id, action: "updated", before: {}, after: {} })),
  ];
  if (rows.length === 0) return [];
  await tx.execute(sql`
    insert into import_changes (workspace_id, import_id, customer_id, action, before, after)
    select ${ctx.workspaceId}, ${at.importId}, customer_id, action, before, after
    from jsonb_to_recordset(${asJson(rows)}) as r (customer_id uuid, action text, before jsonb, after jsonb)
    on conflict (import_id, customer_id) do update set written_at = clock_now(),
      before = merged_change(excluded.before, import_changes.before),
      after = merged_change(import_changes.after, excluded.after)`);
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
  if (at.plan.accepted.length === 0) return;
  const changed = new Set(
    at.plan.customers.filter((plan) => plan.made || plan.change).map((plan) => plan.id),
  );
  const rows = at.plan.accepted.map((decision) => ({
    ...claimOf(decision),
    changed: changed.has(decision.customerId),
    policyNumber: decision.row.policy?.number ?? null,
    dueDate: decision.row.policy?.dueDate ?? null,
  }));
  await tx.execute(sql`
    insert into import_claims (workspace_id, import_id, row_number, customer_id, external_id, phone, email, name, stated,
      changed, policy_number, due_date)
    select ${ctx.workspaceId}, ${at.importId}, r."rowNumber", r."customerId", r."externalId", phone, email, name, stated,
      changed, "policyNumber", "dueDate"
    from jsonb_to_recordset(${asJson(rows)})
      as r ("rowNumber" integer, "customerId" uuid, "externalId" text, phone text, email text, name text, stated text[],
        changed boolean, "policyNumber" text, "dueDate" date)`);
}
