import { eq, sql } from "drizzle-orm";
import { imports, type UndoCounts } from "@/db/schema/imports";
import { type Transaction, withTransaction } from "@/db/transaction";
import { recordAudit } from "@/server/platform/audit";
import type { Context } from "@/server/platform/context";
import { bumpTopics } from "@/server/platform/realtime";
import { restore } from "./restore";
import { lockImport, moveImport } from "./state";
import { withdrawConsent } from "./withdraw-consent";

const CUSTOMERS_A_CHUNK = 1_000;
const CHUNKS_A_CALL = 20;

type Candidate = {
  id: string;
  action: "created" | "updated";
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
  /** Null when the customer is gone. */
  current: Record<string, unknown> | null;
  touched: boolean;
  has_messages: boolean;
  has_records: boolean;
};

/** What becomes of each customer: "removed", "restored", or the reason why it is kept. */
type Verdict = { id: string; outcome: string };

/** Takes an import back, a thousand customers in a transaction; call it until `done`. Safe to call again after a crash. */
export async function workOnUndo(ctx: Context, work: { importId: string }): Promise<{ done: boolean }> {
  for (let chunk = 0; chunk < CHUNKS_A_CALL; chunk++)
    if (await undoChunk(ctx, work.importId)) return { done: true };
  return { done: false };
}

function undoChunk(ctx: Context, importId: string): Promise<boolean> {
  return withTransaction(ctx, async (tx) => {
    const row = await lockImport(tx, ctx, importId);
    if (row.status !== "undoing") return true;
    const candidates = await nextCandidates(tx, ctx, importId);
    const counts: UndoCounts = row.undone ?? { removed: 0, restored: 0, kept: {} };
    if (candidates.length === 0) {
      const changes = { finishedAt: sql`clock_now()` as unknown as Date };
      await moveImport(tx, ctx, { importId, verb: "finishUndo", changes });
      await recordAudit(tx, ctx, {
        action: "import.undone",
        subjectType: "import",
        subjectId: importId,
        after: counts,
      });
      await bumpTopics(tx, ctx, "customers");
      return true;
    }
    const ids = candidates.map(({ id }) => id);
    await withdrawConsent(tx, ctx, { importId, customerIds: ids });
    const verdicts = await takeBack(tx, ctx, candidates);
    await tx.execute(sql`
      update import_changes c set undone = v.outcome
      from jsonb_to_recordset(${JSON.stringify(verdicts)}::jsonb) as v (id uuid, outcome text)
      where c.import_id = ${importId} and c.customer_id = v.id`);
    await tx
      .update(imports)
      .set({ undone: addUp(counts, verdicts) })
      .where(eq(imports.id, importId));
    await bumpTopics(tx, ctx, `import:${importId}`);
    return false;
  });
}

async function nextCandidates(tx: Transaction, ctx: Context, importId: string): Promise<Candidate[]> {
  const rows = await tx.execute<Candidate>(sql`
    with page as (
      select customer_id, action, before, after from import_changes
      where import_id = ${importId} and undone is null order by customer_id limit ${CUSTOMERS_A_CHUNK}),
    locked as (
      select c.* from customers c where c.workspace_id = ${ctx.workspaceId}
      and c.id in (select customer_id from page) order by c.id for update)
    select p.customer_id as id, p.action, p.before, p.after, to_jsonb(c) as current,
      coalesce(c.updated_at > c.created_at, false) as touched,
      exists (select from executions e where e.workspace_id = ${ctx.workspaceId} and e.customer_id = p.customer_id)
        as has_messages,
      (exists (select from policies x where x.workspace_id = ${ctx.workspaceId} and x.customer_id = p.customer_id)
        or exists (select from customer_events x
          where x.workspace_id = ${ctx.workspaceId} and x.customer_id = p.customer_id)) as has_records
    from page p left join locked c on c.id = p.customer_id order by p.customer_id`);
  return [...rows];
}

/** Why a created customer cannot go; null when it can. */
function keepReason(candidate: Candidate): string | null {
  if (candidate.touched) return "Changed since the import";
  if (candidate.has_messages) return "Has received messages";
  return candidate.has_records ? "Has policies or events" : null;
}

async function takeBack(tx: Transaction, ctx: Context, candidates: Candidate[]): Promise<Verdict[]> {
  const removed: string[] = [];
  const restored: Record<string, unknown>[] = [];
  const verdicts = candidates.map((candidate): Verdict => {
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
  const list = sql`any(${sql.param(ids)}::uuid[])`;
  await tx.execute(
    sql`delete from consent_states where workspace_id = ${ctx.workspaceId} and customer_id = ${list}`,
  );
  await tx.execute(sql`delete from customers where workspace_id = ${ctx.workspaceId} and id = ${list}`);
}

async function putBack(tx: Transaction, ctx: Context, rows: Record<string, unknown>[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.execute(sql`
    update customers c set external_id = r.external_id, name = r.name, phone = r.phone, email = r.email,
      language = r.language, tier = r.tier, city = r.city, birth_date = r.birth_date, attributes = r.attributes,
      updated_at = clock_now()
    from jsonb_populate_recordset(null::customers, ${JSON.stringify(rows)}::jsonb) r
    where c.id = r.id and c.workspace_id = ${ctx.workspaceId}`);
}

function addUp(counts: UndoCounts, verdicts: Verdict[]): UndoCounts {
  const sum: UndoCounts = { ...counts, kept: { ...counts.kept } };
  for (const { outcome } of verdicts)
    if (outcome === "removed" || outcome === "restored") sum[outcome]++;
    else sum.kept[outcome] = (sum.kept[outcome] ?? 0) + 1;
  return sum;
}
