import { consentFiles } from "@/db/schema/consent";
import { withTransaction } from "@/db/transaction";
import {
  absolutePath,
  inspectFile,
  removeUpload,
  removeWorkbook,
  saveUpload,
  uploadPath,
} from "@/server/imports";
import { enqueue } from "@/server/jobs/enqueue";
import { recordAudit } from "@/server/platform/audit";
import { type Context, requireRole } from "@/server/platform/context";
import { newId } from "@/server/platform/ids";
import { bumpTopics } from "@/server/platform/realtime";
import type { FileKind } from "../schemas";
import { consentKeepers } from "../status";
import { findColumns } from "./columns";

type Upload = { kind: FileKind; fileName: string; content: AsyncIterable<Uint8Array> };

/**
 * Takes a file of consents or of suppressed addresses, and begins to check it: what would it change? Nothing is changed yet.
 * @throws AppError FORBIDDEN, BAD_INPUT (columns that are missing), or as `saveUpload`; then nothing is kept
 */
export async function uploadConsentFile(ctx: Context, upload: Upload): Promise<{ fileId: string }> {
  requireRole(ctx, ...consentKeepers);
  const fileId = newId();
  const filePath = uploadPath(fileId);
  try {
    const { bytes } = await saveUpload(upload.content, absolutePath(filePath));
    const { delimiter, headers, skipRows } = await inspectFile(absolutePath(filePath), {
      hasHeader: true,
      skipRows: 0,
    });
    findColumns(upload.kind, headers);
    // Only its first sheet with a table is read: what stands on others is nobody's business here.
    await removeWorkbook(filePath);
    await withTransaction(ctx, async (tx) => {
      await tx.insert(consentFiles).values({
        id: fileId,
        workspaceId: ctx.workspaceId,
        kind: upload.kind,
        fileName:
          upload.fileName
            .split(/[\\/]/)
            .at(-1)
            ?.replace(/\p{Cc}/gu, "")
            .slice(0, 200) || "file.csv",
        filePath,
        bytes,
        delimiter,
        headers,
        status: "checking",
        createdBy: ctx.userId ?? newId(),
      });
      await recordAudit(tx, ctx, {
        action: "consent_file.uploaded",
        subjectType: "consent_file",
        subjectId: fileId,
        after: { kind: upload.kind, bytes, skipRows },
      });
      await enqueue(tx, ctx, "consent/file.uploaded", { fileId }, fileId);
      await bumpTopics(tx, ctx, "consent-files");
    });
  } catch (error) {
    await removeUpload(filePath);
    throw error;
  }
  return { fileId };
}
