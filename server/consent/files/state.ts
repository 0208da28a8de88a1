import { sql } from "drizzle-orm";
import { type Transaction, withTransaction } from "@/db/transaction";
import { enqueue } from "@/server/jobs/enqueue";
import { recordAudit } from "@/server/platform/audit";
import { type Context, requireRole } from "@/server/platform/context";
import { AppError, required } from "@/server/platform/errors";
import { newId, parseId } from "@/server/platform/ids";
import { bumpTopics } from "@/server/platform/realtime";
import type { FileKind, FileStatus } from "../schemas";
import { consentKeepers } from "../status";

export type FileRow = {
  id: string;
  kind: FileKind;
  fileName: string;
  filePath: string;
  bytes: number;
  delimiter: string;
  headers: string[];
  status: FileStatus;
  rowsRead: number;
  bytesRead: number;
};

/** The file, locked until the transaction ends. @throws AppError NOT_FOUND */
export async function lockFile(tx: Transaction, ctx: Context, fileId: string): Promise<FileRow> {
  const [row] = await tx.execute<FileRow>(sql`
    select id, kind, file_name as "fileName", file_path as "filePath", bytes::int, delimiter, headers, status,
      rows_read as "rowsRead", bytes_read::float8 as "bytesRead"
    from consent_files where workspace_id = ${ctx.workspaceId} and id = ${parseId(fileId)} for update`);
  return required(row, "file");
}

/**
 * Takes a checked file into the ledger or the list, in the background.
 * @throws AppError FORBIDDEN, NOT_FOUND, CONFLICT (not checked, or under way)
 */
export async function runConsentFile(ctx: Context, { fileId }: { fileId: string }): Promise<void> {
  requireRole(ctx, ...consentKeepers);
  await withTransaction(ctx, async (tx) => {
    const file = await lockFile(tx, ctx, fileId);
    if (file.status !== "checked")
      throw new AppError(
        "CONFLICT",
        "Only a file that has been checked can be taken in. Upload it again to do so anew.",
      );
    await move(tx, ctx, file, "importing");
    await tx.execute(sql`
      update consent_files set rows_read = 0, bytes_read = 0, rows_added = 0, rows_unchanged = 0, rows_refused = 0
      where id = ${file.id}`);
    await tx.execute(sql`delete from consent_file_refusals where file_id = ${file.id}`);
    await enqueue(tx, ctx, "consent/file.uploaded", { fileId: file.id }, `${file.id}:${newId()}`);
  });
}

/**
 * Stops the check, or the work: what was taken in until then stays. What has ended stays as it is.
 * @throws AppError FORBIDDEN, NOT_FOUND, CONFLICT
 */
export async function cancelConsentFile(ctx: Context, { fileId }: { fileId: string }): Promise<void> {
  requireRole(ctx, ...consentKeepers);
  await withTransaction(ctx, async (tx) => {
    const file = await lockFile(tx, ctx, fileId);
    if (!["checking", "checked", "importing"].includes(file.status))
      throw new AppError(
        "CONFLICT",
        "The file has ended already: there is nothing to stop. Reload to see how it ended.",
      );
    await move(tx, ctx, file, "cancelled");
  });
}

/** Gives a file another status, with its audit entry; an ended one gets the time. */
export async function move(
  tx: Transaction,
  ctx: Context,
  file: Pick<FileRow, "id" | "kind" | "status">,
  to: FileStatus,
  failure: string | null = null,
): Promise<void> {
  const ended = to === "completed" || to === "failed" || to === "cancelled";
  await tx.execute(sql`
    update consent_files set status = ${to}, failure = ${failure},
      ended_at = ${ended ? sql`clock_now()` : sql`null`} where id = ${file.id}`);
  if (to !== "checked")
    await recordAudit(tx, ctx, {
      action: `consent_file.${to}`,
      subjectType: "consent_file",
      subjectId: file.id,
      before: { status: file.status },
      after: { kind: file.kind },
    });
  await bumpTopics(tx, ctx, "consent-files", `consent-file:${file.id}`);
}
