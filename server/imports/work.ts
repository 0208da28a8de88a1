import { eq, sql } from "drizzle-orm";
import { imports } from "@/db/schema/imports";
import { withTransaction } from "@/db/transaction";
import { touchCustomers } from "@/server/events";
import type { Context } from "@/server/platform/context";
import { AppError } from "@/server/platform/errors";
import { bumpTopics } from "@/server/platform/realtime";
import { type Chunk, readChunks } from "./chunks";
import { failImport } from "./fail";
import { finishCheck, finishRun } from "./finish";
import { grantConsent } from "./grant-consent";
import { lookUp } from "./look-up";
import { decideRows } from "./match";
import { planRows } from "./parse-row";
import { importOptionsSchema } from "./schemas";
import { findImport, type ImportRow, lockImport } from "./state";
import { absolutePath } from "./storage";
import {
  insertCustomers,
  planWrites,
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
  const row = await withTransaction(ctx, (tx) => findImport(tx, ctx, work.importId));
  if (row.status !== statusOf[work.mode]) return { done: true };
  try {
    let left = work.chunks ?? CHUNKS_A_CALL;
    for await (const chunk of readChunks(placeOf(row))) {
      const outcome = await takeChunk(ctx, work.mode, { row, chunk });
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

const placeOf = (row: ImportRow) => ({
  path: absolutePath(row.filePath),
  delimiter: row.delimiter,
  plan: planRows(row.headers, row.mapping, importOptionsSchema.parse(row.options)),
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

function takeChunk(ctx: Context, mode: Mode, at: { row: ImportRow; chunk: Chunk }): Promise<Outcome> {
  const { chunk } = at;
  const importId = at.row.id;
  return withTransaction(ctx, async (tx): Promise<Outcome> => {
    const now = await lockImport(tx, ctx, importId);
    if (now.status !== statusOf[mode]) return "stopped";
    if (now.rowsRead !== chunk.after) return "moved";
    const { known, claims } = await lookUp(tx, ctx, { importId, rows: chunk.accepted });
    const plan = planWrites(decideRows(chunk.accepted, known, claims), chunk.rejected);
    if (mode === "run") {
      await insertCustomers(tx, ctx, plan.created);
      await updateCustomers(tx, ctx, plan.updates);
      const { consent } = importOptionsSchema.parse(now.options);
      const consented = await grantConsent(tx, ctx, { importId, plan, consent });
      const changed = await recordChanges(tx, ctx, { importId, plan, consented });
      await touchCustomers(tx, ctx, changed, ["profile"]);
    }
    await recordClaims(tx, ctx, { importId, plan });
    await recordRejections(tx, ctx, { importId, rejected: plan.rejected });
    await tx
      .update(imports)
      .set({
        rowsRead: chunk.rowsRead,
        bytesRead: chunk.bytesRead,
        rowsCreated: sql`${imports.rowsCreated} + ${plan.created.length}`,
        rowsUpdated: sql`${imports.rowsUpdated} + ${plan.updates.length}`,
        rowsUnchanged: sql`${imports.rowsUnchanged} + ${plan.unchanged.length}`,
        rowsRejected: sql`${imports.rowsRejected} + ${plan.rejected.length}`,
      })
      .where(eq(imports.id, importId));
    await bumpTopics(tx, ctx, `import:${importId}`);
    return "taken";
  });
}
