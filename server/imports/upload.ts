import { imports } from "@/db/schema/imports";
import { withTransaction } from "@/db/transaction";
import { recordAudit } from "@/server/platform/audit";
import { type Context, requireRole } from "@/server/platform/context";
import { newId } from "@/server/platform/ids";
import { bumpTopics } from "@/server/platform/realtime";
import { inspectFile } from "./inspect";
import { proposeMapping } from "./mapping";
import { importers } from "./status";
import { absolutePath, removeUpload, saveUpload, uploadPath } from "./storage";

export type Upload = { fileName: string; content: AsyncIterable<Uint8Array> };

/**
 * Takes a file of customers or policies, text or workbook: stores it, finds out encoding, delimiter and header, and proposes a mapping (the one last
 * used for these headers, else a guess). Nothing is imported yet. Returns the import's id.
 * @throws AppError FORBIDDEN, or as `saveUpload` and `inspectFile`; then nothing is kept
 */
export async function uploadImport(ctx: Context, upload: Upload): Promise<{ importId: string }> {
  requireRole(ctx, ...importers);
  const importId = newId();
  const filePath = uploadPath(importId);
  try {
    const saved = await saveUpload(upload.content, absolutePath(filePath));
    const inspection = await inspectFile(absolutePath(filePath));
    await withTransaction(ctx, async (tx) => {
      const fileName = cleanName(upload.fileName);
      const proposal = await proposeMapping(tx, ctx, { ...inspection, fileName });
      await tx.insert(imports).values({
        id: importId,
        workspaceId: ctx.workspaceId,
        fileName,
        filePath,
        fileBytes: saved.bytes,
        status: "uploaded",
        encoding: saved.encoding,
        delimiter: inspection.delimiter,
        workbook: saved.workbook,
        headers: inspection.headers,
        sample: inspection.sample,
        ...proposal,
        createdBy: ctx.userId,
      });
      await recordAudit(tx, ctx, {
        action: "import.uploaded",
        subjectType: "import",
        subjectId: importId,
        after: { bytes: saved.bytes, encoding: saved.encoding, columns: inspection.headers.length },
      });
      await bumpTopics(tx, ctx, "imports");
    });
  } catch (error) {
    await removeUpload(filePath);
    throw error;
  }
  return { importId };
}

/** The last part of the path that a browser may send, without control characters. */
function cleanName(name: string): string {
  const last = name.split(/[\\/]/).at(-1) ?? "";
  return (
    last
      .replace(/\p{Cc}/gu, "")
      .trim()
      .slice(0, 200) || "customers.csv"
  );
}
