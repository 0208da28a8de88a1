import { eq, sql } from "drizzle-orm";
import { imports, type UndoCounts } from "@/db/schema/imports";
import { withTransaction } from "@/db/transaction";
import { recordAudit } from "@/server/platform/audit";
import type { Context } from "@/server/platform/context";
import { bumpTopics } from "@/server/platform/realtime";
import { lockImport, moveImport } from "./state";
import { undoCustomers } from "./undo-customers";
import { undoRecords } from "./undo-records";

const CHUNKS_A_CALL = 20;

/**
 * Takes an import back, a thousand records in a transaction: payments, then policies, then customers, so that nobody goes
 * whose policies stay. Call it until `done`. Safe to call again after a crash.
 */
export async function workOnUndo(ctx: Context, work: { importId: string }): Promise<{ done: boolean }> {
  for (let chunk = 0; chunk < CHUNKS_A_CALL; chunk++)
    if (await undoChunk(ctx, work.importId)) return { done: true };
  return { done: false };
}

/** What became of each record: "removed", "restored", or the reason why it is kept. */
export type Outcome = "removed" | "restored" | (string & {});

function undoChunk(ctx: Context, importId: string): Promise<boolean> {
  return withTransaction(ctx, async (tx) => {
    const row = await lockImport(tx, ctx, importId);
    if (row.status !== "undoing") return true;
    const counts: UndoCounts = row.undone ?? { removed: 0, restored: 0, kept: {} };
    const records = await undoRecords(tx, ctx, importId);
    const customers = records.length === 0 ? await undoCustomers(tx, ctx, importId) : [];
    if (records.length + customers.length > 0) {
      const none = { removed: 0, restored: 0, kept: {} };
      const undone = {
        ...addUp(counts, customers),
        ...(records.length > 0 || counts.records ? { records: addUp(counts.records ?? none, records) } : {}),
      };
      await tx.update(imports).set({ undone }).where(eq(imports.id, importId));
      await bumpTopics(tx, ctx, `import:${importId}`);
      return false;
    }
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
  });
}

type Counts = Omit<UndoCounts, "records">;

function addUp(counts: Counts, outcomes: Outcome[]): Counts {
  const sum: Counts = { removed: counts.removed, restored: counts.restored, kept: { ...counts.kept } };
  for (const outcome of outcomes)
    if (outcome === "removed") sum.removed++;
    else if (outcome === "restored") sum.restored++;
    else sum.kept[outcome] = (sum.kept[outcome] ?? 0) + 1;
  return sum;
}
