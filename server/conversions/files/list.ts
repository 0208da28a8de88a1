import { sql } from "drizzle-orm";
import { withTransaction } from "@/db/transaction";
import { type Context, requireRole } from "@/server/platform/context";
import { type ConversionFileStatus, conversionEditors } from "../status";

export type ConversionFile = {
  id: string;
  name: string;
  status: ConversionFileStatus;
  /** Whether its lines are still there to go on with. */
  goesOn: boolean;
  lines: number;
  taken: number;
  recorded: number;
  credited: number;
  duplicates: number;
  refused: number;
  refusals: { line: number; reason: string }[];
  byName: string;
  /** ISO instant. */
  at: string;
};

const MOST = 20;

/** The latest files of conversions of which something was taken, the newest first. @throws AppError FORBIDDEN */
export async function listFiles(ctx: Context): Promise<ConversionFile[]> {
  requireRole(ctx, ...conversionEditors);
  return withTransaction(ctx, async (tx) => {
    const rows = await tx.execute<ConversionFile>(sql`
      select f.id, f.name, f.status, f.status = 'open' and f.content is not null as "goesOn", f.lines, f.taken, f.recorded,
        f.credited, f.duplicates, f.refused, f.refusals, coalesce(u.name, '') as "byName", to_json(f.created_at) #>> '{}' as at
      from conversion_files f left join users u on u.id = f.created_by
      where f.workspace_id = ${ctx.workspaceId} and f.taken > 0 order by f.id desc limit ${MOST}`);
    return [...rows];
  });
}
