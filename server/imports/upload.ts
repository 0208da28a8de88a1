import { createHash } from "node:crypto";
import { and, eq } from "drizzle-orm";
import { importMappings, imports } from "@/db/schema/imports";
import { type Transaction, withTransaction } from "@/db/transaction";
import { recordAudit } from "@/server/platform/audit";
import { type Context, requireRole } from "@/server/platform/context";
import { newId } from "@/server/platform/ids";
import { bumpTopics } from "@/server/platform/realtime";
import { guessAsOf, guessDateOrder, guessMapping } from "./guess";
import { type Inspection, inspectFile } from "./inspect";
import { holdsPayments, type ImportOptions, importOptionsSchema, mappingSchema } from "./schemas";
import { importers } from "./status";
import { absolutePath, removeUpload, saveUpload, uploadPath } from "./storage";
import { readSurroundings } from "./surroundings";

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

/** Identifies a set of headers, whatever their order. */
export const headersHash = (headers: string[]): string =>
  createHash("sha256").update(JSON.stringify(headers.toSorted())).digest("hex");

/**
 * The mapping and options last used for these headers, else a guess. Consent, and the day that the payments are of, are asked
 * anew for every file.
 */
export async function proposeMapping(
  tx: Transaction,
  ctx: Context,
  inspection: Inspection & { fileName: string },
): Promise<{ mapping: Record<string, string>; options: ImportOptions }> {
  const [remembered] = await tx
    .select()
    .from(importMappings)
    .where(
      and(
        eq(importMappings.workspaceId, ctx.workspaceId),
        eq(importMappings.headersHash, headersHash(inspection.headers)),
      ),
    );
  const { today } = await readSurroundings(tx, ctx);
  const kept = mappingSchema.safeParse(remembered?.mapping);
  const mapping = remembered && kept.success ? kept.data : guessMapping(inspection.headers, inspection.rows);
  const names = Object.values(mapping);
  const knowable = ["external_id", "phone", "email", "policy_number"].some((field) => names.includes(field));
  const options =
    remembered && kept.success
      ? remembered.options
      : {
          rowNumberAsId: !knowable,
          dateOrder: guessDateOrder(mapping, inspection.headers, inspection.rows),
        };
  return {
    mapping,
    options: importOptionsSchema.parse({
      ...options,
      hasHeader: inspection.hasHeader,
      skipRows: inspection.skipRows,
      sheet: null,
      paymentsAsOf: holdsPayments(mapping) ? guessAsOf({ ...inspection, today }) : null,
      consent: { kind: "none" },
    }),
  };
}
