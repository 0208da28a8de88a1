import { sql } from "drizzle-orm";
import { withTransaction } from "@/db/transaction";
import { type Context, requireRole } from "@/server/platform/context";
import { csvLine } from "@/server/platform/csv";
import { findImport } from "./state";
import { importers } from "./status";

const ROWS_A_PAGE = 1_000;

type Rejection = { row_number: number; reason: string; row: string[] };

/**
 * The rejected rows as CSV for a spreadsheet: the row's number, the reason, and its cells as they were. Mended, the same
 * file can be uploaded again. Read page by page.
 * @throws AppError FORBIDDEN, NOT_FOUND, both before the first piece
 */
export async function openErrorFile(
  ctx: Context,
  input: { importId: string },
): Promise<{ name: string; content: AsyncGenerator<string> }> {
  requireRole(ctx, ...importers);
  const row = await withTransaction(ctx, (tx) => findImport(tx, ctx, input.importId));
  const base = row.fileName.replace(/\.[a-z0-9]{1,5}$/i, "");
  return { name: `${base}-rejected.csv`, content: lines(ctx, row) };
}

async function* lines(ctx: Context, row: { id: string; headers: string[] }): AsyncGenerator<string> {
  // The mark tells Excel that this is UTF-8.
  yield `\uFEFF${csvLine(["row_number", "reason", ...row.headers])}`;
  for (let after = 0; ; ) {
    const page = await withTransaction(ctx, (tx) =>
      tx.execute<Rejection>(sql`
        select row_number, reason, row from import_rejections
        where import_id = ${row.id} and row_number > ${after} order by row_number limit ${ROWS_A_PAGE}`),
    );
    const last = page.at(-1);
    if (!last) return;
    yield page
      .map((rejection) => csvLine([String(rejection.row_number), rejection.reason, ...rejection.row]))
      .join("");
    after = last.row_number;
  }
}
