import { createHash } from "node:crypto";
import { and, eq } from "drizzle-orm";
import { importMappings } from "@/db/schema/imports";
import type { Transaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { guessAsOf, guessDateOrder, guessMapping } from "./guess";
import type { Inspection } from "./inspect";
import { holdsPayments, type ImportOptions, importOptionsSchema, mappingSchema } from "./schemas";
import { readSurroundings } from "./surroundings";

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
