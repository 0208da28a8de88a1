import { sql } from "drizzle-orm";
import { type Transaction, withTransaction } from "@/db/transaction";
import { recordAudit } from "@/server/platform/audit";
import type { Context } from "@/server/platform/context";
import { bumpTopics } from "@/server/platform/realtime";
import { holdsPayments, importOptionsSchema } from "./schemas";
import { forgetClaims, fromTheStart, type ImportRow, lockImport, moveImport } from "./state";

const clockNow = sql`clock_now()` as unknown as Date;

const countsOf = (row: ImportRow) => ({
  total: row.rowsRead,
  created: row.rowsCreated,
  updated: row.rowsUpdated,
  unchanged: row.rowsUnchanged,
  rejected: row.rowsRejected,
  ...(Object.keys(row.records).length > 0 ? { records: row.records } : {}),
});

/** Ends a dry run: keeps its counts, and sets the counters back for the import. Nothing when it was cancelled. */
export function finishCheck(ctx: Context, importId: string): Promise<void> {
  return withTransaction(ctx, async (tx) => {
    const row = await lockImport(tx, ctx, importId);
    if (row.status !== "checking") return;
    const checked = countsOf(row);
    const changes = { ...fromTheStart, checked, rowsTotal: row.rowsRead };
    await moveImport(tx, ctx, { importId, verb: "finishCheck", changes });
    await forgetClaims(tx, importId);
    await audit(tx, ctx, { action: "import.checked", importId, counts: checked });
  });
}

/** Ends an import whose last row is written. Nothing when it was cancelled. */
export function finishRun(ctx: Context, importId: string): Promise<void> {
  return withTransaction(ctx, async (tx) => {
    const row = await lockImport(tx, ctx, importId);
    if (row.status !== "importing") return;
    const changes = { rowsTotal: row.rowsRead, finishedAt: clockNow };
    await moveImport(tx, ctx, { importId, verb: "finishRun", changes });
    await forgetClaims(tx, importId);
    await noteDayOfPayments(tx, ctx, row);
    await audit(tx, ctx, { action: "import.completed", importId, counts: countsOf(row) });
    await bumpTopics(tx, ctx, "customers", "payments-age");
  });
}

const audit = (
  tx: Transaction,
  ctx: Context,
  entry: { action: string; importId: string; counts: ReturnType<typeof countsOf> },
) =>
  recordAudit(tx, ctx, {
    action: entry.action,
    subjectType: "import",
    subjectId: entry.importId,
    after: entry.counts,
  });

/**
 * What we know of payments is now as recent as the file: until the end of its day, or until now where the day is today. An
 * older file does not make it older, for it may be another insurer's.
 */
async function noteDayOfPayments(tx: Transaction, ctx: Context, row: ImportRow): Promise<void> {
  const { paymentsAsOf } = importOptionsSchema.parse(row.options);
  if (!paymentsAsOf || !holdsPayments(row.mapping)) return;
  await tx.execute(sql`
    update workspaces set payments_as_of = greatest(payments_as_of,
      least(clock_now(), (${paymentsAsOf}::date + 1)::timestamp at time zone time_zone))
    where id = ${ctx.workspaceId}`);
}
