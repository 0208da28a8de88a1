import { sql } from "drizzle-orm";
import { type Transaction, withTransaction } from "@/db/transaction";
import { touchCustomers } from "@/server/events";
import { absolutePath, readRows } from "@/server/imports";
import type { Context } from "@/server/platform/context";
import { AppError } from "@/server/platform/errors";
import { bumpTopics } from "@/server/platform/realtime";
import { type Columns, findColumns } from "./columns";
import { lookUpOwners } from "./look-up-owners";
import { readConsentLine, readSuppressionLine } from "./read-line";
import { type FileRow, lockFile, move } from "./state";
import { type Entry, takeConsents } from "./take-consents";
import { takeSuppressions } from "./take-suppressions";

const ROWS_A_CHUNK = 1_000;
const CHUNKS_A_CALL = 20;
/** More refusals are counted, and not kept one by one. */
const MOST_REFUSALS = 1_000;

type Line = { rowNumber: number; cells: string[] };
type Chunk = { lines: Line[]; rowsRead: number; bytesRead: number };
/** What a chunk comes to. */
export type Counts = { added: number; unchanged: number; refused: { line: Line; reason: string }[] };

/**
 * Works on a file from its checkpoint: checks it, or takes it in, by its status; a chunk and its checkpoint in one
 * transaction. Call it until `done`. Safe to call again after a crash, and twice at once. Done, too, when it was cancelled.
 */
export async function workOnFile(ctx: Context, { fileId }: { fileId: string }): Promise<{ done: boolean }> {
  const file = await withTransaction(ctx, (tx) => lockFile(tx, ctx, fileId));
  if (file.status !== "checking" && file.status !== "importing") return { done: true };
  try {
    const columns = findColumns(file.kind, file.headers);
    let left = CHUNKS_A_CALL;
    for await (const chunk of chunksOf(file)) {
      if (!(await take(ctx, { file, columns, chunk }))) return { done: true };
      if (--left === 0) return { done: false };
    }
    await withTransaction(ctx, async (tx) => {
      const now = await lockFile(tx, ctx, fileId);
      if (now.status === file.status)
        await move(tx, ctx, now, now.status === "checking" ? "checked" : "completed");
    });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    await failConsentFile(ctx, { fileId, failure: error.message });
  }
  return { done: true };
}

/** Ends a file that cannot be worked on, with the reason in words. */
export async function failConsentFile(
  ctx: Context,
  { fileId, failure }: { fileId: string; failure: string },
): Promise<void> {
  await withTransaction(ctx, async (tx) => {
    const file = await lockFile(tx, ctx, fileId);
    if (file.status === "checking" || file.status === "importing")
      await move(tx, ctx, file, "failed", failure);
  });
}

async function* chunksOf(file: FileRow): AsyncGenerator<Chunk> {
  let header = file.bytesRead === 0;
  let chunk: Chunk = { lines: [], rowsRead: file.rowsRead, bytesRead: file.bytesRead };
  for await (const { cells, end } of readRows(absolutePath(file.filePath), file.delimiter, file.bytesRead)) {
    if (header) {
      header = false;
      continue;
    }
    chunk.rowsRead++;
    chunk.bytesRead = end;
    chunk.lines.push({ rowNumber: chunk.rowsRead, cells });
    if (chunk.lines.length < ROWS_A_CHUNK) continue;
    yield chunk;
    chunk = { lines: [], rowsRead: chunk.rowsRead, bytesRead: end };
  }
  if (chunk.lines.length > 0) yield chunk;
}

type Work = { file: FileRow; columns: Columns; chunk: Chunk };

/** False when it was cancelled, or another worker is further on. */
function take(ctx: Context, { file, columns, chunk }: Work): Promise<boolean> {
  return withTransaction(ctx, async (tx) => {
    const now = await lockFile(tx, ctx, file.id);
    if (now.status !== file.status || now.rowsRead !== chunk.rowsRead - chunk.lines.length) return false;
    const write = file.status === "importing";
    const counts =
      file.kind === "consents"
        ? await consents(tx, ctx, { file, columns, chunk }, write)
        : await suppressions(tx, ctx, { file, columns, chunk }, write);
    await keepRefusals(tx, ctx, file.id, counts.refused);
    await tx.execute(sql`
      update consent_files set rows_read = ${chunk.rowsRead}, bytes_read = ${chunk.bytesRead},
        rows_added = rows_added + ${counts.added}, rows_unchanged = rows_unchanged + ${counts.unchanged},
        rows_refused = rows_refused + ${counts.refused.length} where id = ${file.id}`);
    await bumpTopics(tx, ctx, `consent-file:${file.id}`);
    return true;
  });
}

async function consents(tx: Transaction, ctx: Context, work: Work, write: boolean): Promise<Counts> {
  const [clock] = await tx.execute<{ today: string }>(sql`
    select (clock_now() at time zone time_zone)::date::text as today from workspaces where id = ${ctx.workspaceId}`);
  const refused: Counts["refused"] = [];
  const read = work.chunk.lines.flatMap((line) => {
    const judged = readConsentLine(line.cells, work.columns, clock?.today ?? "");
    if (judged.ok) return [{ line, said: judged.line }];
    refused.push({ line, reason: judged.reason });
    return [];
  });
  const owners = await lookUpOwners(
    tx,
    ctx,
    read.map(({ said }) => said),
  );
  const entries: Entry[] = [];
  const known: Line[] = [];
  for (const [nth, { line, said }] of read.entries()) {
    const found = owners[nth];
    if (!found?.ok) {
      refused.push({ line, reason: found?.reason ?? "Nobody has this address or id." });
      continue;
    }
    known.push(line);
    for (const owner of found.owners) entries.push({ ...said, owner, rowNumber: line.rowNumber });
  }
  const changed = await takeConsents(tx, ctx, { fileId: work.file.id, entries, write });
  if (write) await touchCustomers(tx, ctx, [...changed.customers], ["consent"]);
  const added = known.filter(({ rowNumber }) => changed.rows.has(rowNumber)).length;
  if (write && added > 0) await bumpTopics(tx, ctx, "consent", "suppressions", "customers");
  return { added, unchanged: known.length - added, refused };
}

async function suppressions(tx: Transaction, ctx: Context, work: Work, write: boolean): Promise<Counts> {
  const refused: Counts["refused"] = [];
  const read = work.chunk.lines.flatMap((line) => {
    const judged = readSuppressionLine(line.cells, work.columns);
    if (judged.ok) return [{ ...judged.line, rowNumber: line.rowNumber }];
    refused.push({ line, reason: judged.reason });
    return [];
  });
  const added = await takeSuppressions(tx, ctx, { fileId: work.file.id, lines: read, write });
  if (write && added.size > 0) await bumpTopics(tx, ctx, "suppressions", "customers");
  return { added: added.size, unchanged: read.length - added.size, refused };
}

async function keepRefusals(
  tx: Transaction,
  ctx: Context,
  fileId: string,
  refused: Counts["refused"],
): Promise<void> {
  if (refused.length === 0) return;
  const rows = refused.map(({ line, reason }) => ({
    row_number: line.rowNumber,
    reason,
    row: line.cells.map((cell) => cell.slice(0, 200)),
  }));
  await tx.execute(sql`
    insert into consent_file_refusals (workspace_id, file_id, row_number, reason, row)
    select ${ctx.workspaceId}, ${fileId}, r.row_number, r.reason, r.row
    from jsonb_to_recordset(${JSON.stringify(rows).replaceAll("\\u0000", "")}::jsonb) as r(row_number int, reason text, row jsonb)
    where (select count(*) from consent_file_refusals where file_id = ${fileId}) < ${MOST_REFUSALS}
    on conflict do nothing`);
}
