import { sql } from "drizzle-orm";
import { importMappings } from "@/db/schema/imports";
import { type Transaction, withTransaction } from "@/db/transaction";
import { recordAudit } from "@/server/platform/audit";
import { readClock } from "@/server/platform/clock";
import { type Context, requireRole } from "@/server/platform/context";
import { AppError } from "@/server/platform/errors";
import { newId } from "@/server/platform/ids";
import { inspectFile } from "./inspect";
import { headersHash, proposeMapping } from "./mapping";
import {
  type ConfigureInput,
  holdsPayments,
  type ImportField,
  type ImportOptions,
  importFields,
  importOptionsSchema,
} from "./schemas";
import {
  findImport,
  forgetClaims,
  forgetRejections,
  fromTheStart,
  type ImportRow,
  moveImport,
} from "./state";
import { importers } from "./status";
import { absolutePath, readOtherSheet } from "./storage";
import { readSurroundings } from "./surroundings";

/**
 * Sets what each column holds, and how the file is read; remembered for the next file with these headers. A check made
 * before is void.
 * @throws AppError BAD_INPUT (unknown column, nothing to know customers by, consent in the future), CONFLICT, NOT_FOUND
 */
export async function configureImport(ctx: Context, input: ConfigureInput): Promise<void> {
  requireRole(ctx, ...importers);
  const before = await withTransaction(ctx, (tx) => findImport(tx, ctx, input.importId));
  refuseTouched(before);
  const read = await readAgain(before, input.options);
  await withTransaction(ctx, async (tx) => {
    const settings = read
      ? await proposeMapping(tx, ctx, { ...read.inspection, fileName: before.fileName })
      : { mapping: input.mapping, options: withoutIdleDay(input) };
    if (read) settings.options.sheet = input.options.sheet;
    else {
      refuseUnusable(before.headers, input);
      await refuseFutureDays(tx, ctx, input);
    }
    await moveImport(tx, ctx, {
      importId: input.importId,
      verb: "configure",
      changes: { ...fromTheStart, ...read?.columns, ...settings, rowsTotal: null, checked: null },
    });
    await forgetClaims(tx, input.importId);
    await forgetRejections(tx, input.importId);
    if (!read) await rememberMapping(tx, ctx, { headers: before.headers, input });
    await recordAudit(tx, ctx, {
      action: "import.configured",
      subjectType: "import",
      subjectId: input.importId,
      before: { mapping: before.mapping, options: before.options },
      after: settings,
    });
    await read?.take();
  });
}

/** A file without payments has no day of payments. */
const withoutIdleDay = ({ mapping, options }: ConfigureInput): ImportOptions =>
  holdsPayments(mapping) ? options : { ...options, paymentsAsOf: null };

/** After the first written row the mapping is history: undo, then upload again. */
export function refuseTouched(row: ImportRow): void {
  if (row.startedAt)
    throw new AppError(
      "CONFLICT",
      "This import has written customers already. Undo it, then upload the file again to map it differently.",
    );
}

/**
 * Another answer to where the table is (sheet, rows above it, names of the columns) makes other columns: they are read and
 * mapped anew. Null when the answer is the same.
 */
async function readAgain(row: ImportRow, options: ImportOptions) {
  const now = importOptionsSchema.parse(row.options);
  const otherSheet = row.workbook !== null && options.sheet !== null && options.sheet !== row.workbook.sheet;
  if (!otherSheet && now.hasHeader === options.hasHeader && now.skipRows === options.skipRows) return null;
  const sheet = otherSheet ? await readOtherSheet(row.filePath, options.sheet ?? "") : null;
  const inspection = await inspectFile(
    sheet?.path ?? absolutePath(row.filePath),
    // On another sheet the answers of the last one mean nothing.
    sheet ? {} : { hasHeader: options.hasHeader, skipRows: options.skipRows },
  );
  const { headers, sample, delimiter } = inspection;
  const workbook = sheet ? { sheet: sheet.sheet, sheets: sheet.sheets } : row.workbook;
  return { inspection, columns: { headers, sample, delimiter, workbook }, take: async () => sheet?.take() };
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
  refuseStrayPolicies(targets, input.options);
  const knowable = ["external_id", "phone", "email", "policy_number"].some((field) =>
    targets.includes(field),
  );
  if (!knowable && !input.options.rowNumberAsId)
    throw new AppError(
      "BAD_INPUT",
      "Say which column holds the external id, the phone or the e-mail, or use the row number as external id. Without one of them a second import would add everybody again.",
      { field: "mapping" },
    );
}

/** What belongs to a policy needs its number; a row of policies needs no other id. */
function refuseStrayPolicies(targets: string[], options: ImportOptions): void {
  const stray = targets.find(
    (target) => target in importFields && importFields[target as ImportField].group !== "customer",
  );
  if (stray && !targets.includes("policy_number"))
    throw new AppError(
      "BAD_INPUT",
      `Say which column holds the policy number: “${importFields[stray as ImportField].label}” belongs to a policy.`,
      { field: "mapping" },
    );
  if (stray && options.rowNumberAsId)
    throw new AppError(
      "BAD_INPUT",
      "A file of policies knows its customers by their policies. Leave the row number out.",
      { field: "rowNumberAsId" },
    );
  if (stray && targets.includes("due_date") && options.paymentsAsOf === null)
    throw new AppError("BAD_INPUT", "Give the day that the payments in the file are of.", {
      field: "options.paymentsAsOf",
    });
}

async function refuseFutureDays(tx: Transaction, ctx: Context, input: ConfigureInput): Promise<void> {
  const { consent, paymentsAsOf } = input.options;
  const { today } = await readSurroundings(tx, ctx);
  if (holdsPayments(input.mapping) && paymentsAsOf !== null && paymentsAsOf > today)
    throw new AppError("BAD_INPUT", "The day of the payments lies in the future.", {
      field: "options.paymentsAsOf",
    });
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
  const { consent: _asked, paymentsAsOf: _day, sheet: _sheet, skipRows: _above, ...kept } = options;
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
