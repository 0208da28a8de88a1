import { sql } from "drizzle-orm";
import { importMappings } from "@/db/schema/imports";
import { type Transaction, withTransaction } from "@/db/transaction";
import { recordAudit } from "@/server/platform/audit";
import { readClock } from "@/server/platform/clock";
import { type Context, requireRole } from "@/server/platform/context";
import { AppError } from "@/server/platform/errors";
import { newId } from "@/server/platform/ids";
import { guessMapping } from "./guess";
import { inspectFile } from "./inspect";
import { type ConfigureInput, importOptionsSchema } from "./schemas";
import {
  findImport,
  forgetClaims,
  forgetRejections,
  fromTheStart,
  type ImportRow,
  moveImport,
} from "./state";
import { importers } from "./status";
import { absolutePath } from "./storage";
import { headersHash } from "./upload";

/**
 * Sets what each column holds, and how the file is read; remembered for the next file with these headers. A check made
 * before is void.
 * @throws AppError BAD_INPUT (unknown column, nothing to know customers by, consent in the future), CONFLICT, NOT_FOUND
 */
export async function configureImport(ctx: Context, input: ConfigureInput): Promise<void> {
  requireRole(ctx, ...importers);
  await withTransaction(ctx, async (tx) => {
    const before = await findImport(tx, ctx, input.importId);
    refuseTouched(before);
    const read = await readAgain(before, input.options.hasHeader);
    const mapping = read ? guessMapping(read.headers, read.sample) : input.mapping;
    if (!read) refuseUnusable(before.headers, input);
    await refuseFutureConsent(tx, input);
    await moveImport(tx, ctx, {
      importId: input.importId,
      verb: "configure",
      changes: { ...fromTheStart, ...read, mapping, options: input.options, rowsTotal: null, checked: null },
    });
    await forgetClaims(tx, input.importId);
    await forgetRejections(tx, input.importId);
    if (!read) await rememberMapping(tx, ctx, { headers: before.headers, input });
    await recordAudit(tx, ctx, {
      action: "import.configured",
      subjectType: "import",
      subjectId: input.importId,
      before: { mapping: before.mapping, options: before.options },
      after: { mapping, options: input.options },
    });
  });
}

/** After the first written row the mapping is history: undo, then upload again. */
export function refuseTouched(row: ImportRow): void {
  if (row.startedAt)
    throw new AppError(
      "CONFLICT",
      "This import has written customers already. Undo it, then upload the file again to map it differently.",
    );
}

/** Another answer to "does the first row hold names" makes other columns; null when the answer is the same. */
async function readAgain(row: ImportRow, hasHeader: boolean) {
  if (importOptionsSchema.parse(row.options).hasHeader === hasHeader) return null;
  const { headers, sample } = await inspectFile(absolutePath(row.filePath), hasHeader);
  return { headers, sample };
}

function refuseUnusable(headers: string[], input: ConfigureInput): void {
  const unknown = Object.keys(input.mapping).find((header) => !headers.includes(header));
  if (unknown !== undefined)
    throw new AppError("BAD_INPUT", `The file has no column “${unknown}”.`, { field: "mapping" });
  const targets = Object.values(input.mapping);
  if (input.options.rowNumberAsId && targets.includes("external_id"))
    throw new AppError(
      "BAD_INPUT",
      "Choose one external id: the column, or the row number. Leave the other out.",
      { field: "rowNumberAsId" },
    );
  const knowable = ["external_id", "phone", "email"].some((field) => targets.includes(field));
  if (!knowable && !input.options.rowNumberAsId)
    throw new AppError(
      "BAD_INPUT",
      "Say which column holds the external id, the phone or the e-mail, or use the row number as external id. Without one of them a second import would add everybody again.",
      { field: "mapping" },
    );
}

async function refuseFutureConsent(tx: Transaction, input: ConfigureInput): Promise<void> {
  const { consent } = input.options;
  if (consent.kind === "none") return;
  const latest = (await readClock(tx)).getTime() + 14 * 3_600_000; // the day may have begun already in the far east
  if (Date.parse(consent.date) > latest)
    throw new AppError("BAD_INPUT", "The day of the consent lies in the future.", {
      field: "options.consent.date",
    });
}

async function rememberMapping(
  tx: Transaction,
  ctx: Context,
  used: { headers: string[]; input: ConfigureInput },
): Promise<void> {
  const { mapping, options } = used.input;
  const { consent: _asked, ...kept } = options;
  await tx
    .insert(importMappings)
    .values({
      id: newId(),
      workspaceId: ctx.workspaceId,
      headersHash: headersHash(used.headers),
      mapping,
      options: kept,
    })
    .onConflictDoUpdate({
      target: [importMappings.workspaceId, importMappings.headersHash],
      set: { mapping, options: kept, updatedAt: sql`clock_now()` },
    });
}
