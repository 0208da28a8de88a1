import { withTransaction } from "@/db/transaction";
import { recordAudit } from "@/server/platform/audit";
import { type Context, requireRole } from "@/server/platform/context";
import { CSV_MARK, csvLine } from "@/server/platform/csv";
import { type Cell, xlsx } from "@/server/platform/xlsx";
import { type ExportInput, exportInput } from "./schemas";
import { openTable, type Table } from "./tables";

export type ExportFile = { name: string; content: AsyncGenerator<string | Uint8Array> };

/**
 * A table of the analytics as CSV or as a workbook, written while it is downloaded; what a spreadsheet would run as a formula
 * stays words. The audit log says who took what away. @throws AppError FORBIDDEN, NOT_FOUND, before the first piece
 */
export async function exportTable(ctx: Context, given: ExportInput): Promise<ExportFile> {
  requireRole(ctx, "admin", "marketer", "supervisor");
  const input = exportInput.parse(given);
  const table = await openTable(ctx, input);
  await withTransaction(ctx, (tx) =>
    recordAudit(tx, ctx, {
      action: "analytics.exported",
      subjectType: "analytics",
      subjectId: "campaignId" in input ? input.campaignId : ctx.workspaceId,
      after: { table: input.table, format: input.format },
    }),
  );
  const name = `${table.name}.${input.format}`;
  return input.format === "csv"
    ? { name, content: csv(table) }
    : { name, content: xlsx(table.columns, table.pages) };
}

async function* csv({ columns, pages }: Table): AsyncGenerator<string> {
  yield CSV_MARK + csvLine(columns);
  for await (const rows of pages) yield rows.map((row) => csvLine(row.map(textOf))).join("");
}

const textOf = (cell: Cell): string => (cell === null ? "" : String(cell));
