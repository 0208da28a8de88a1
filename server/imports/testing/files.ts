import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll } from "vitest";
import { env } from "@/env";
import type { Context } from "@/server/platform/context";
import { checkImport } from "../check";
import { configureImport } from "../configure";
import { getImport, type ImportDetail } from "../get";
import { runImport } from "../run";
import { type ImportOptions, importOptionsSchema } from "../schemas";
import { uploadImport } from "../upload";
import { workOnImport } from "../work";

/** Gives the test file a data directory of its own. Call it at the top. */
export function ownDataDirectory(): string {
  const dir = mkdtempSync(path.join(os.tmpdir(), "ringback-test-"));
  env.RINGBACK_DATA_DIR = dir;
  afterAll(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

/** Content in pieces, as a network delivers it. */
export async function* pieces(content: string | Uint8Array, size = 65_536): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(content);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

export type Settings = { mapping?: Record<string, string>; options?: Partial<ImportOptions> };

/** Uploads and maps a file; the guesses stand where nothing is given. */
export async function uploadFile(
  ctx: Context,
  content: string | Uint8Array,
  settings: Settings = {},
): Promise<string> {
  const { importId } = await uploadImport(ctx, { fileName: "people.csv", content: pieces(content) });
  if (!settings.mapping && !settings.options) return importId;
  const proposed = await getImport(ctx, { importId });
  await configureImport(ctx, {
    importId,
    mapping: settings.mapping ?? proposed.mapping,
    options: importOptionsSchema.parse({ ...proposed.options, ...settings.options }),
  });
  return importId;
}

/** Does what the workflow functions do. */
export async function finishWork(ctx: Context, importId: string, mode: "check" | "run"): Promise<void> {
  while (!(await workOnImport(ctx, { importId, mode })).done);
}

/** Checks and imports an uploaded file. */
export async function checkAndRun(ctx: Context, importId: string): Promise<ImportDetail> {
  await checkImport(ctx, { importId });
  await finishWork(ctx, importId, "check");
  await runImport(ctx, { importId });
  await finishWork(ctx, importId, "run");
  return getImport(ctx, { importId });
}

/** From bytes to customers. */
export async function importFile(
  ctx: Context,
  content: string | Uint8Array,
  settings: Settings = {},
): Promise<ImportDetail> {
  return checkAndRun(ctx, await uploadFile(ctx, content, settings));
}

/** The counts of an import, as one line to compare. */
export const countsOf = (row: ImportDetail) => ({
  created: row.rowsCreated,
  updated: row.rowsUpdated,
  unchanged: row.rowsUnchanged,
  rejected: row.rowsRejected,
});
