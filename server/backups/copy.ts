import { createHash } from "node:crypto";
import { createReadStream, createWriteStream, type Dirent } from "node:fs";
import { mkdir, open, readdir } from "node:fs/promises";
import path from "node:path";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Copied } from "./manifest";

const isMissing = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === "ENOENT";

/** The files below a directory, relative to it; directories too, even empty ones, with a slash at their end. */
export async function treeOf(dir: string): Promise<string[]> {
  const entries: Dirent[] = await readdir(dir, { withFileTypes: true, recursive: true }).catch((error) => {
    if (isMissing(error)) return [];
    throw error;
  });
  return entries
    .map(
      (entry) =>
        path.relative(dir, path.join(entry.parentPath, entry.name)) + (entry.isDirectory() ? "/" : ""),
    )
    .sort();
}

/** Copies one file and says what it held; null when it was gone before it could be opened. `durable`: it is on disk then. */
export async function copyFile(
  from: string,
  to: string,
  durable = true,
): Promise<Omit<Copied, "path"> | null> {
  const hash = createHash("sha256");
  let bytes = 0;
  const measure = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      bytes += chunk.length;
      done(null, chunk);
    },
  });
  await mkdir(path.dirname(to), { recursive: true, mode: 0o700 });
  try {
    await pipeline(createReadStream(from), measure, createWriteStream(to, { mode: 0o600 }));
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
  if (durable) {
    const file = await open(to, "r+");
    await file.sync();
    await file.close();
  }
  return { bytes, sha256: hash.digest("hex") };
}

/** The digest of a file; null when there is none. */
export async function digestOf(file: string): Promise<string | null> {
  const hash = createHash("sha256");
  try {
    for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
  return hash.digest("hex");
}

/** Does `work` for each, a few at once: a disk that syncs has the others to write meanwhile. Results keep the order. */
export async function severalAtOnce<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = new Array(items.length);
  let next = 0;
  const lane = async () => {
    for (let at = next++; at < items.length; at = next++) results[at] = await work(items[at] as T);
  };
  await Promise.all(Array.from({ length: 16 }, lane));
  return results;
}
