import { sql } from "drizzle-orm";
import type { Transaction } from "@/db/transaction";
import { touchCustomers } from "@/server/events";
import type { Context } from "@/server/platform/context";
import { lockById } from "./lock-by-id";
import { restore } from "./restore";
import { withdrawConsent } from "./withdraw-consent";
import type { Outcome } from "./work-on-undo";

const CUSTOMERS_A_CHUNK = 1_000;

/** Instants are seconds. */
type Changed = {
  id: string;
  action: "created" | "updated";
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
  written: number;
};
type Locked = { row: Record<string, unknown>; updated: number };
type Uses = { id: string; has_messages: boolean; has_records: boolean };

type Candidate = Omit<Changed, "written"> &
  Uses & {
    /** Null when the customer is gone. */
    current: Record<string, unknown> | null;
    touched: boolean;
  };

/** Takes back what the import did to the next thousand customers, with the consents that it granted. None when all are done. */
export async function undoCustomers(tx: Transaction, ctx: Context, importId: string): Promise<Outcome[]> {
  const candidates = await nextCandidates(tx, ctx, importId);
  const customerIds = candidates.map(({ id }) => id);
  if (customerIds.length === 0) return [];
  await withdrawConsent(tx, ctx, { importId, customerIds });
  const verdicts = await takeBack(tx, ctx, candidates);
  await tx.execute(sql`
    update import_changes c set undone = v.outcome
    from jsonb_to_recordset(${JSON.stringify(verdicts)}::jsonb) as v (id uuid, outcome text)
    where c.import_id = ${importId} and c.customer_id = v.id`);
  await touchCustomers(tx, ctx, customerIds, ["profile", "consent"]);
  return verdicts.map(({ outcome }) => outcome);
}

async function nextCandidates(tx: Transaction, ctx: Context, importId: string): Promise<Candidate[]> {
  const has = (table: string) =>
    sql`exists (select from ${sql.raw(table)} x where x.workspace_id = ${ctx.workspaceId} and x.customer_id = p.customer_id)`;
  const page = await tx.execute<Changed>(sql`
    select customer_id as id, action, before, after, extract(epoch from written_at)::float8 as written from import_changes
    where import_id = ${importId} and undone is null order by customer_id limit ${CUSTOMERS_A_CHUNK}`);
  const ids = page.map(({ id }) => id);
  const locked = await lockById<Locked>(tx, ctx, {
    table: sql`customers`,
    ids,
    value: sql`jsonb_build_object('row', to_jsonb(t), 'updated', extract(epoch from t.updated_at)::float8)`,
  });
  const uses = await tx.execute<Uses>(sql`
    select p.customer_id as id, ${has("executions")} as has_messages,
      (${has("policies")} or ${has("customer_events")} or ${has("customer_notes")} or ${has("responses")}) as has_records
    from import_changes p where p.import_id = ${importId} and p.customer_id = any(${sql.param(ids)}::uuid[])`);
  const usesOf = new Map(uses.map((use) => [use.id, use]));
  return page.map(({ written, ...change }) => {
    const current = locked.get(change.id);
    return {
      ...change,
      current: current?.row ?? null,
      touched: current !== undefined && current.updated > written,
      has_messages: usesOf.get(change.id)?.has_messages ?? false,
      has_records: usesOf.get(change.id)?.has_records ?? false,
    };
  });
}

/** Why a created customer cannot go; null when it can. */
function keepReason(candidate: Candidate): string | null {
  if (candidate.touched) return "Changed since the import";
  if (candidate.has_messages) return "Has received messages";
  return candidate.has_records ? "Has policies, events, replies or notes" : null;
}

async function takeBack(
  tx: Transaction,
  ctx: Context,
  candidates: Candidate[],
): Promise<{ id: string; outcome: Outcome }[]> {
  const removed: string[] = [];
  const restored: Record<string, unknown>[] = [];
  const verdicts = candidates.map((candidate) => {
    const { id, current } = candidate;
    if (!current) return { id, outcome: "Removed by someone already" };
    if (candidate.action === "created") {
      const reason = keepReason(candidate);
      if (!reason) removed.push(id);
      return { id, outcome: reason ?? "removed" };
    }
    const { row, back, kept } = restore({
      current,
      before: candidate.before ?? {},
      after: candidate.after ?? {},
    });
    if (back > 0) restored.push(row);
    return { id, outcome: kept > 0 ? "Some fields were changed since the import" : "restored" };
  });
  await removeCustomers(tx, ctx, removed);
  await putBack(tx, ctx, restored);
  return verdicts;
}

async function removeCustomers(tx: Transaction, ctx: Context, ids: string[]): Promise<void> {
  if (ids.length === 0) return;
  const theirs = sql`workspace_id = ${ctx.workspaceId} and customer_id = any(${sql.param(ids)}::uuid[])`;
  await tx.execute(sql`delete from consent_states where ${theirs}`);
  await tx.execute(sql`delete from customer_scores where ${theirs}`);
  await tx.execute(
    sql`delete from customers where workspace_id = ${ctx.workspaceId} and id = any(${sql.param(ids)}::uuid[])`,
  );
}

async function putBack(tx: Transaction, ctx: Context, rows: Record<string, unknown>[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.execute(sql`
    update customers c set external_id = r.external_id, name = r.name, phone = r.phone, email = r.email,
      language = r.language, tier = r.tier, city = r.city, birth_date = r.birth_date, stop_state = r.stop_state,
      attributes = r.attributes, updated_at = clock_now()
    from jsonb_populate_recordset(null::customers, ${JSON.stringify(rows)}::jsonb) r
    where c.id = r.id and c.workspace_id = ${ctx.workspaceId}`);
}
