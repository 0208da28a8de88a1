import { sql } from "drizzle-orm";
import { type Transaction, withTransaction } from "@/db/transaction";
import { type Context, requireRole } from "@/server/platform/context";
import { firstDifferences } from "./differences";
import { headersHash } from "./mapping";
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
    const options = importOptionsSchema.parse(row.options);
    return {
      ...row,
      options,
      mappedBefore: await isMappedBefore(tx, ctx, row),
      olderThanKnown: await isOlderThanKnown(tx, ctx, options.paymentsAsOf),
      reasons: [...reasons],
      examples: [...examples],
      differences: await firstDifferences(tx, row.id),
    };
  });
}

/** Whether the columns stand as somebody answered for an earlier file. */
async function isMappedBefore(
  tx: Transaction,
  ctx: Context,
  row: { headers: string[]; createdAt: Date },
): Promise<boolean> {
  const [kept] = await tx.execute(sql`
    select from import_mappings where workspace_id = ${ctx.workspaceId} and headers_hash = ${headersHash(row.headers)}
      and updated_at < ${row.createdAt.toISOString()}`);
  return kept !== undefined;
}

/** Whether a newer file has told what is paid already; another insurer's may be older, and is right all the same. */
async function isOlderThanKnown(tx: Transaction, ctx: Context, day: string | null): Promise<boolean> {
  if (day === null) return false;
  const [older] = await tx.execute(sql`
    select from workspaces where id = ${ctx.workspaceId}
      and payments_as_of > (${day}::date + 1)::timestamp at time zone time_zone`);
  return older !== undefined;
}

export type ImportDetail = Awaited<ReturnType<typeof getImport>>;
