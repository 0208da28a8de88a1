import { eq } from "drizzle-orm";
import { imports } from "@/db/schema/imports";
import { type Transaction, withTransaction } from "@/db/transaction";
import { touchCustomers } from "@/server/events";
import type { Context } from "@/server/platform/context";
import { AppError } from "@/server/platform/errors";
import { bumpTopics } from "@/server/platform/realtime";
import { type Chunk, readChunks } from "./chunks";
import { failImport } from "./fail";
import { finishCheck, finishRun } from "./finish";
import { grantConsent } from "./grant-consent";
import { lookUp } from "./look-up";
import { addRecords, type Plan, planChunk } from "./plan";
import { refuseErased } from "./refuse-erased";
import { planRows, type RowPlan } from "./row-plan";
import { findImport, type ImportRow, lockImport } from "./state";
import { absolutePath } from "./storage";
import { readSurroundings } from "./surroundings";
import { writeRecords } from "./write-policies";
import {
  insertCustomers,
  recordChanges,
  recordClaims,
  recordRejections,
  updateCustomers,
} from "./write-rows";

type Mode = "check" | "run";
const statusOf = { check: "checking", run: "importing" } as const satisfies Record<Mode, ImportRow["status"]>;
/** A step of a workflow function takes a few seconds: its answer is the sign of life. */
const CHUNKS_A_CALL = 20;

/**
 * Works on a check or an import from its checkpoint: up to 40,000 rows, each chunk with its checkpoint in one transaction.
 * Call it until `done`. Safe to call again after a crash, and twice at once: the import's row is the gate.
 * Done, too, when it was cancelled or failed meanwhile.
 */
export async function workOnImport(
  ctx: Context,
  work: { importId: string; mode: Mode; chunks?: number },
): Promise<{ done: boolean }> {
  const { row, reading } = await withTransaction(ctx, async (tx) => {
    const row = await findImport(tx, ctx, work.importId);
    return { row, reading: planRows(row, await readSurroundings(tx, ctx)) };
  });
  if (row.status !== statusOf[work.mode]) return { done: true };
  try {
    let left = work.chunks ?? CHUNKS_A_CALL;
    for await (const chunk of readChunks(placeOf(row, reading))) {
      const outcome = await takeChunk(ctx, work.mode, { importId: row.id, chunk, reading });
      if (outcome !== "taken") return { done: outcome === "stopped" };
      if (--left === 0) return { done: false };
    }
    await (work.mode === "check" ? finishCheck : finishRun)(ctx, work.importId);
  } catch (error) {
    const sentence = explainFailure(error);
    if (!sentence) throw error;
    await failImport(ctx, { importId: work.importId, failure: sentence });
  }
  return { done: true };
}

const placeOf = (row: ImportRow, plan: RowPlan) => ({
  path: absolutePath(row.filePath),
  delimiter: row.delimiter,
  plan,
  rowsRead: row.rowsRead,
  bytesRead: row.bytesRead,
});

/** What no retry mends, in words; null for the rest. */
function explainFailure(error: unknown): string | null {
  if (error instanceof AppError) return error.message;
  const code = (error as { cause?: { code?: string } }).cause?.code;
  return code === "53100"
    ? "The disk of the database is full. The rows before this point are kept; undo the import, or free space and upload the file again."
    : null;
}

/** `stopped`: cancelled or failed; `moved`: another worker is further on. */
type Outcome = "taken" | "stopped" | "moved";

type Work = { importId: string; chunk: Chunk; reading: RowPlan };

function takeChunk(ctx: Context, mode: Mode, { importId, chunk, reading }: Work): Promise<Outcome> {
  return withTransaction(ctx, async (tx): Promise<Outcome> => {
    const now = await lockImport(tx, ctx, importId);
    if (now.status !== statusOf[mode]) return "stopped";
    if (now.rowsRead !== chunk.after) return "moved";
    const { surroundings, options } = reading;
    const world = await lookUp(tx, ctx, { importId, rows: chunk.accepted, surroundings });
    const plan = planChunk(await refuseErased(tx, ctx, chunk, world), world, reading);
    if (mode === "run") {
      await insertCustomers(tx, ctx, plan);
      await updateCustomers(tx, ctx, plan);
      await writeRecords(tx, ctx, { importId, records: plan.records, timeZone: surroundings.timeZone });
      const consented = await grantConsent(tx, ctx, { importId, plan, consent: options.consent });
      const changed = await recordChanges(tx, ctx, { importId, plan, consented });
      await touchChanged(tx, ctx, { plan, changed, consented });
    }
    await recordClaims(tx, ctx, { importId, plan });
    await recordRejections(tx, ctx, { importId, rejected: plan.rejected });
    const { counts } = plan;
    await tx
      .update(imports)
      .set({
        rowsRead: chunk.rowsRead,
        bytesRead: chunk.bytesRead,
        rowsCreated: now.rowsCreated + counts.created,
        rowsUpdated: now.rowsUpdated + counts.updated,
        rowsUnchanged: now.rowsUnchanged + counts.unchanged,
        rowsRejected: now.rowsRejected + counts.rejected,
        records: addRecords(now.records, counts.records),
      })
      .where(eq(imports.id, importId));
    await bumpTopics(tx, ctx, `import:${importId}`);
    return "taken";
  });
}

async function touchChanged(
  tx: Transaction,
  ctx: Context,
  { plan, changed, consented }: { plan: Plan; changed: string[]; consented: string[] },
): Promise<void> {
  const ownersOf = (kind: "policy" | "payment") =>
    new Set(plan.records.filter((record) => record.kind === kind).map((record) => record.customerId));
  await touchCustomers(tx, ctx, changed, ["profile"]);
  await touchCustomers(tx, ctx, consented, ["consent"]);
  await touchCustomers(tx, ctx, [...ownersOf("policy")], ["policy"]);
  await touchCustomers(tx, ctx, [...ownersOf("payment")], ["payment"]);
}
