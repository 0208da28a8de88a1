import { sql } from "drizzle-orm";
import { conversionFiles } from "@/db/schema/conversions";
import { withTransaction } from "@/db/transaction";
import { type Context, requireRole } from "@/server/platform/context";
import { required } from "@/server/platform/errors";
import { newId } from "@/server/platform/ids";
import { guessMapping, readCsv } from "../read-csv";
import { type BeginFileInput, beginFileInput } from "../schemas";
import { type ColumnMapping, conversionEditors } from "../status";

export type BegunFile = {
  id: string;
  name: string;
  headers: string[];
  /** The first lines. */
  sample: string[][];
  lines: number;
  mapping: ColumnMapping;
};

const SHOWN = 5;

/**
 * Keeps a CSV file of conversions until its lines are taken, and says what its columns may hold. Files of a day ago that
 * nobody went on with lose their lines. @throws AppError FORBIDDEN; BAD_INPUT when it cannot be read
 */
export async function beginFile(ctx: Context, input: BeginFileInput): Promise<BegunFile> {
  requireRole(ctx, ...conversionEditors);
  const { name, text } = beginFileInput.parse(input);
  const content = text.replaceAll("\u0000", "");
  const { headers, lines } = readCsv(content);
  const id = newId();
  await withTransaction(ctx, async (tx) => {
    await tx.execute(sql`
      update conversion_files set content = null where workspace_id = ${ctx.workspaceId} and status = 'open'
        and content is not null and created_at < clock_now() - interval '1 day'`);
    await tx.insert(conversionFiles).values({
      ...{ id, workspaceId: ctx.workspaceId, name, content, lines: lines.length },
      createdBy: required(ctx.userId, "member"),
    });
  });
  const sample = lines.slice(0, SHOWN).map(({ cells }) => cells);
  return { id, name, headers, sample, lines: lines.length, mapping: guessMapping(headers) };
}
