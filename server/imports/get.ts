import { sql } from "drizzle-orm";
import { withTransaction } from "@/db/transaction";
import { type Context, requireRole } from "@/server/platform/context";
import { firstDifferences } from "./differences";
import { importOptionsSchema } from "./schemas";
import { findImport } from "./state";
import { importers } from "./status";

const MOST_REASONS = 12;
const MOST_EXAMPLES = 5;

type Reason = { reason: string; count: number };
type Example = { rowNumber: number; reason: string; cells: string[] };

/**
 * One import with its mapping, counts, and the reasons for which rows were rejected (numbers and
 * words of the row left out, so that they can be counted together), the most frequent first; and the first changes.
 * @throws AppError FORBIDDEN, NOT_FOUND
 */
export async function getImport(ctx: Context, input: { importId: string }) {
  requireRole(ctx, ...importers);
  return withTransaction(ctx, async (tx) => {
    const { workspaceId: _own, filePath: _inside, ...row } = await findImport(tx, ctx, input.importId);
    const reasons = await tx.execute<Reason>(sql`
      select regexp_replace(regexp_replace(reason, '[Rr]ow \\d+', 'an earlier row', 'g'), '“[^”]*”', '“…”', 'g') as reason,
        count(*)::int as count
      from import_rejections where import_id = ${row.id} group by 1 order by 2 desc, 1 limit ${MOST_REASONS}`);
    const examples = await tx.execute<Example>(sql`
      select row_number as "rowNumber", reason, row as cells
      from import_rejections where import_id = ${row.id} order by row_number limit ${MOST_EXAMPLES}`);
    return {
      ...row,
      options: importOptionsSchema.parse(row.options),
      reasons: [...reasons],
      examples: [...examples],
      differences: await firstDifferences(tx, row.id),
    };
  });
}

export type ImportDetail = Awaited<ReturnType<typeof getImport>>;
