import { sql } from "drizzle-orm";
import type { Transaction } from "@/db/transaction";
import { touchCustomers } from "@/server/events";
import type { Context } from "@/server/platform/context";
import { lockById } from "./lock-by-id";
import type { Outcome } from "./work-on-undo";

const RECORDS_A_CHUNK = 1_000;

type Kind = "policy" | "payment";
type Values = Record<string, unknown>;
type Candidate = {
  id: string;
  customer_id: string;
  action: "created" | "updated" | "closed";
  before: Values | null;
  after: Values;
  /** Null when the record is gone. */
  current: Values | null;
  /** A policy with payments that this import did not bring, or with messages about it. */
  in_use: boolean;
};

/**
 * Takes back what the import did to the next thousand payments, or policies when no payment is left: what it made goes, what
 * it changed gets its old values, each only as far as it is still as the import left it. None when all are done.
 */
export async function undoRecords(tx: Transaction, ctx: Context, importId: string): Promise<Outcome[]> {
  for (const kind of ["payment", "policy"] as const) {
    const candidates = await nextRecords(tx, ctx, { importId, kind });
    if (candidates.length === 0) continue;
    const verdicts = await takeBack(tx, ctx, { kind, candidates });
    await tx.execute(sql`
      update import_record_changes c set undone = v.outcome
      from jsonb_to_recordset(${JSON.stringify(verdicts)}::jsonb) as v (id uuid, outcome text)
      where c.import_id = ${importId} and c.kind = ${kind} and c.record_id = v.id`);
    const owners = [...new Set(candidates.map((candidate) => candidate.customer_id))];
    await touchCustomers(tx, ctx, owners, [kind]);
    return verdicts.map(({ outcome }) => outcome);
  }
  return [];
}

const tables = { policy: sql.raw("policies"), payment: sql.raw("premium_payments") };
/** Money as text, so that no digit is lost on the way through JSON. */
const exact = {
  policy: sql`jsonb_build_object('premium_micros', t.premium_micros::text, 'sum_assured_micros', t.sum_assured_micros::text)`,
  payment: sql`jsonb_build_object('amount_micros', t.amount_micros::text,
    'paid_on', (t.paid_at at time zone (select time_zone from workspaces w where w.id = t.workspace_id))::date::text)`,
};

async function nextRecords(
  tx: Transaction,
  ctx: Context,
  { importId, kind }: { importId: string; kind: Kind },
): Promise<Candidate[]> {
  const inUse =
    kind === "payment"
      ? sql`false`
      : sql`(exists (select from premium_payments x where x.workspace_id = ${ctx.workspaceId} and x.policy_id = p.record_id)
          or exists (select from executions e where e.workspace_id = ${ctx.workspaceId}
            and e.customer_id = p.customer_id and left(e.occurrence, 36) = p.record_id::text))`;
  const page = await tx.execute<Omit<Candidate, "current" | "in_use">>(sql`
    select record_id as id, customer_id, action, before, after from import_record_changes
    where import_id = ${importId} and kind = ${kind} and undone is null order by record_id limit ${RECORDS_A_CHUNK}`);
  const ids = page.map(({ id }) => id);
  const locked = await lockById<Values>(tx, ctx, {
    table: tables[kind],
    ids,
    value: sql`to_jsonb(t) || ${exact[kind]}`,
  });
  const uses = await tx.execute<{ id: string; in_use: boolean }>(sql`
    select p.record_id as id, ${inUse} as in_use from import_record_changes p
    where p.import_id = ${importId} and p.kind = ${kind} and p.record_id = any(${sql.param(ids)}::uuid[])`);
  const inUseIds = new Set(uses.filter(({ in_use }) => in_use).map(({ id }) => id));
  return page.map((change) => ({
    ...change,
    current: locked.get(change.id) ?? null,
    in_use: inUseIds.has(change.id),
  }));
}

/** Days pass: what was due is overdue by now, what was in force may have lapsed. Nobody changed that. */
const byDate: Record<string, string> = {
  overdue: "due",
  in_grace: "in_force",
  lapsed: "in_force",
};
const alike = (one: unknown, other: unknown): boolean => {
  const plain = (value: unknown) => byDate[String(value)] ?? value ?? null;
  return plain(one) === plain(other);
};

async function takeBack(
  tx: Transaction,
  ctx: Context,
  { kind, candidates }: { kind: Kind; candidates: Candidate[] },
): Promise<{ id: string; outcome: Outcome }[]> {
  const removed: string[] = [];
  const restored: Values[] = [];
  const verdicts = candidates.map(({ id, action, before, after, current, in_use }) => {
    if (!current) return { id, outcome: "Removed by someone already" };
    const changed = Object.keys(after).filter((column) => !alike(current[column], after[column]));
    if (action === "created") {
      const reason =
        changed.length > 0 ? "Changed since the import" : in_use ? "Has payments or messages" : null;
      if (!reason) removed.push(id);
      return { id, outcome: reason ?? "removed" };
    }
    const back = Object.keys(after).filter((column) => !changed.includes(column));
    const old = Object.fromEntries(back.map((column) => [column, before?.[column] ?? null]));
    if (back.length > 0) restored.push({ ...current, ...old });
    return { id, outcome: changed.length > 0 ? "Some fields were changed since the import" : "restored" };
  });
  if (removed.length > 0)
    await tx.execute(sql`
      delete from ${tables[kind]} where workspace_id = ${ctx.workspaceId} and id = any(${sql.param(removed)}::uuid[])`);
  if (restored.length > 0) await (kind === "policy" ? putPolicies : putPayments)(tx, ctx, restored);
  return verdicts;
}

async function putPolicies(tx: Transaction, ctx: Context, rows: Values[]): Promise<void> {
  await tx.execute(sql`
    with given as (select * from jsonb_populate_recordset(null::policies, ${JSON.stringify(rows)}::jsonb)),
    moved as (
      update premium_payments p set customer_id = r.customer_id from given r
      where p.workspace_id = ${ctx.workspaceId} and p.policy_id = r.id and p.customer_id <> r.customer_id)
    update policies p set customer_id = r.customer_id, policy_type = r.policy_type, product_name = r.product_name,
      status = r.status, premium_micros = r.premium_micros, sum_assured_micros = r.sum_assured_micros,
      payment_mode = r.payment_mode, auto_debit = r.auto_debit, start_date = r.start_date,
      renewal_date = r.renewal_date, grace_days = r.grace_days, updated_at = clock_now()
    from given r where p.id = r.id and p.workspace_id = ${ctx.workspaceId}`);
}

async function putPayments(tx: Transaction, ctx: Context, rows: Values[]): Promise<void> {
  await tx.execute(sql`
    update premium_payments p set amount_micros = r.amount_micros, status = r.status, paid_at = case
      when r.paid_on is not distinct from (p.paid_at at time zone w.time_zone)::date then p.paid_at
      else (r.paid_on + interval '12 hours') at time zone w.time_zone end
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as r (id uuid, amount_micros bigint, status text, paid_on date), workspaces w
    where p.id = r.id and p.workspace_id = ${ctx.workspaceId} and w.id = p.workspace_id`);
}
