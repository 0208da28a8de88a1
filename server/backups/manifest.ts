import { readFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";

export const MANIFEST = "manifest.json";

const copied = z.object({ path: z.string(), bytes: z.number(), sha256: z.string() });
export type Copied = z.infer<typeof copied>;

/** What a backup holds. It is written last: a directory without one is no backup. */
const manifestSchema = z.object({
  format: z.literal(1),
  /** ISO instant, from the database's clock: everything that was committed before the copy began is in it. */
  createdAt: z.string(),
  /** Version of the Postgres server: its files serve the same major version only. */
  postgres: z.string(),
  withSecrets: z.boolean(),
  files: z.array(copied),
});
export type Manifest = z.infer<typeof manifestSchema>;

/** @throws Error with a sentence when the directory is no whole backup of a kind that is known here. */
export async function readManifest(backup: string): Promise<Manifest> {
  const text = await readFile(path.join(backup, MANIFEST), "utf8").catch(() => {
    throw new Error(`${backup} holds no ${MANIFEST}: it is no backup, or it was never finished.`);
  });
  const read = manifestSchema.safeParse(JSON.parse(text));
  if (!read.success)
    throw new Error(`${backup} was made by another version of Ringback, and cannot be read.`);
  return read.data;
}
