import { sql } from "drizzle-orm";
import type { Transaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { AppError, required } from "@/server/platform/errors";
import { parseId } from "@/server/platform/ids";
import { type CsvTable, readCsv } from "../read-csv";
import type { ConversionFileStatus } from "../status";

export type FileRow = {
  id: string;
  name: string;
  status: ConversionFileStatus;
  content: string | null;
  taken: number;
  zone: string;
};

/** The file's row, locked where asked. @throws AppError NOT_FOUND */
export async function findFile(
  tx: Transaction,
  ctx: Context,
  { id, lock }: { id: string; lock: boolean },
): Promise<FileRow> {
  const [row] = await tx.execute<FileRow>(sql`
    select f.id, f.name, f.status, f.content, f.taken, w.time_zone as zone
    from conversion_files f join workspaces w on w.id = f.workspace_id
    where f.workspace_id = ${ctx.workspaceId} and f.id = ${parseId(id)} ${lock ? sql`for update of f` : sql``}`);
  return required(row, "file");
}

/** What an open file holds. @throws AppError CONFLICT when its lines are not kept any more */
export function tableOf({ status, content }: FileRow): CsvTable {
  if (status !== "open" || content === null)
    throw new AppError("CONFLICT", "The lines of this file are not kept any more. Upload it again.");
  return readCsv(content);
}
