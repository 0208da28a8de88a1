import { sql } from "drizzle-orm";
import { withTransaction } from "@/db/transaction";
import { type Context, requireRole } from "@/server/platform/context";
import { required } from "@/server/platform/errors";
import { parseId } from "@/server/platform/ids";
import type { FileKind, FileStatus } from "../schemas";
import { consentKeepers } from "../status";
import { findColumns } from "./columns";

export type ConsentFileLine = {
  id: string;
  kind: FileKind;
  fileName: string;
  status: FileStatus;
  bytes: number;
  bytesRead: number;
  rowsRead: number;
  rowsAdded: number;
  rowsUnchanged: number;
  rowsRefused: number;
  failure: string | null;
  byName: string | null;
  /** ISO instant. */
  at: string;
};

export type ConsentFileDetail = ConsentFileLine & {
  /** Column of the file → what it was taken for. */
  columns: { header: string; field: string | null }[];
  /** The first lines that are refused, with the reason. */
  refusals: { rowNumber: number; reason: string; row: string[] }[];
};

const SHOWN_REFUSALS = 100;
const A_LIST = 50;

const line = sql`f.id, f.kind, f.file_name as "fileName", f.status, f.bytes::float8, f.bytes_read::float8 as "bytesRead",
  f.rows_read as "rowsRead", f.rows_added as "rowsAdded", f.rows_unchanged as "rowsUnchanged", f.rows_refused as "rowsRefused",
  f.failure, u.name as "byName", to_json(f.created_at) #>> '{}' as at`;

/** The latest files, newest first. @throws AppError FORBIDDEN */
export async function listConsentFiles(ctx: Context): Promise<ConsentFileLine[]> {
  requireRole(ctx, ...consentKeepers);
  return withTransaction(ctx, async (tx) => [
    ...(await tx.execute<ConsentFileLine>(sql`
      select ${line} from consent_files f left join users u on u.id = f.created_by
      where f.workspace_id = ${ctx.workspaceId} order by f.id desc limit ${A_LIST}`)),
  ]);
}

/** One file, with what it came to. @throws AppError FORBIDDEN, NOT_FOUND */
export async function getConsentFile(
  ctx: Context,
  { fileId }: { fileId: string },
): Promise<ConsentFileDetail> {
  requireRole(ctx, ...consentKeepers);
  const id = parseId(fileId);
  return withTransaction(ctx, async (tx) => {
    const [found] = await tx.execute<ConsentFileLine & { headers: string[] }>(sql`
      select ${line}, f.headers from consent_files f left join users u on u.id = f.created_by
      where f.workspace_id = ${ctx.workspaceId} and f.id = ${id}`);
    const { headers, ...file } = required(found, "file");
    const refusals = await tx.execute<ConsentFileDetail["refusals"][number]>(sql`
      select row_number as "rowNumber", reason, row from consent_file_refusals
      where workspace_id = ${ctx.workspaceId} and file_id = ${id} order by row_number limit ${SHOWN_REFUSALS}`);
    const taken = Object.entries(findColumns(file.kind, headers));
    return {
      ...file,
      columns: headers.map((header, at) => ({
        header,
        field: taken.find(([, column]) => column === at)?.[0] ?? null,
      })),
      refusals: [...refusals],
    };
  });
}
