import fs from "node:fs";
import { mkdir, open, rename, rm } from "node:fs/promises";
import path from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { env } from "@/env";
import { AppError } from "@/server/platform/errors";
import { formatBytes } from "@/server/platform/format";
import { type Encoding, encodingDetector } from "./encoding";
import { MOST_BYTES, MOST_WORKBOOK_BYTES } from "./schemas";
import { type Converted, workbookToCsv } from "./workbook/to-csv";

/** Uploads lie under the data directory; the database keeps their path relative to it. */
export const uploadPath = (importId: string): string => path.join("uploads", `${importId}.csv`);

export const absolutePath = (filePath: string): string => path.join(env.RINGBACK_DATA_DIR, filePath);

/** Where a workbook lies beside the CSV that was made of it, so that another of its sheets can be read. */
export const workbookPath = (target: string): string => `${target}.xlsx`;

export type Saved = { bytes: number; encoding: Encoding; workbook: Converted | null };

const tooLarge = (most: number): AppError =>
  new AppError(
    "PAYLOAD_TOO_LARGE",
    `The file is larger than ${formatBytes(most)}. Split it, or save it as CSV, and upload that.`,
    { max: most },
  );

const ZIP = Buffer.from([0x50, 0x4b, 3, 4]);

/**
 * Writes an upload to `target` as UTF-8 without a byte order mark, whatever its encoding was; of a workbook the first sheet
 * with a table, as CSV. Holds one chunk in memory. On any failure nothing stays behind.
 * @throws AppError PAYLOAD_TOO_LARGE, UNSUPPORTED (not text), BAD_INPUT (empty), UNAVAILABLE (disk full)
 */
export async function saveUpload(source: AsyncIterable<Uint8Array>, target: string): Promise<Saved> {
  const raw = `${target}.raw`;
  const text = `${target}.text`;
  try {
    await mkdir(path.dirname(target), { recursive: true });
    const saved = await writeRaw(source, raw);
    if (saved.isZip) {
      const workbook = await workbookToCsv(raw, text);
      await finish(text, target);
      await finish(raw, workbookPath(target));
      return { bytes: saved.bytes, encoding: "utf-8", workbook };
    }
    if (saved.encoding === "utf-8") await finish(raw, target);
    else {
      await pipeline(fs.createReadStream(raw), decode(saved.encoding), fs.createWriteStream(text));
      await finish(text, target);
    }
    return { bytes: saved.bytes, encoding: saved.encoding, workbook: null };
  } catch (error) {
    throw explainStorage(error);
  } finally {
    await Promise.all([rm(raw, { force: true }), rm(text, { force: true })]);
  }
}

async function writeRaw(
  source: AsyncIterable<Uint8Array>,
  raw: string,
): Promise<{ bytes: number; encoding: Encoding; isZip: boolean }> {
  const detector = encodingDetector();
  let bytes = 0;
  let isZip = false;
  const measured = async function* () {
    for await (const chunk of wholeHead(source)) {
      if (bytes === 0) isZip = ZIP.equals(chunk.subarray(0, ZIP.length));
      if (!isZip) detector.take(chunk);
      const marked = bytes === 0 && chunk[0] === 0xef && chunk[1] === 0xbb && chunk[2] === 0xbf;
      bytes += chunk.length;
      const most = isZip ? MOST_WORKBOOK_BYTES : MOST_BYTES;
      if (bytes > most) throw tooLarge(most);
      yield marked ? chunk.subarray(3) : chunk;
    }
  };
  await pipeline(Readable.from(measured()), fs.createWriteStream(raw));
  if (bytes === 0)
    throw new AppError(
      "BAD_INPUT",
      "The file is empty. Choose a file with one customer or policy in each row.",
    );
  return { bytes, encoding: isZip ? "utf-8" : detector.decide(), isZip };
}

/** The first chunk may be a single byte on a slow line; what is decided by the first bytes needs them together. */
async function* wholeHead(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let head: Buffer | null = Buffer.alloc(0);
  for await (const chunk of source) {
    if (head === null) yield chunk;
    else {
      head = Buffer.concat([head, chunk]);
      if (head.length < 4_096) continue;
      yield head;
      head = null;
    }
  }
  if (head?.length) yield head;
}

function decode(encoding: Encoding) {
  return async function* (source: AsyncIterable<Uint8Array>) {
    const decoder = new TextDecoder(encoding);
    for await (const chunk of source) yield decoder.decode(chunk, { stream: true });
    yield decoder.decode();
  };
}

/** On disk before it has its name: after a crash the file is whole or absent. */
async function finish(from: string, to: string): Promise<void> {
  const file = await open(from, "r+");
  try {
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(from, to);
}

/** Removes an upload; an absent one is fine. */
export async function removeUpload(filePath: string): Promise<void> {
  const target = absolutePath(filePath);
  await Promise.all([rm(target, { force: true }), rm(workbookPath(target), { force: true })]);
}

/** Removes the workbook that an upload came as, where nobody will ask for another of its sheets. */
export const removeWorkbook = (filePath: string): Promise<void> =>
  rm(workbookPath(absolutePath(filePath)), { force: true });

/** Another sheet of an uploaded workbook, as CSV beside the one that is in use; `take` puts it in its place. */
export async function readOtherSheet(
  filePath: string,
  sheet: string,
): Promise<Converted & { path: string; take: () => Promise<void> }> {
  const target = absolutePath(filePath);
  const next = `${target}.next`;
  try {
    const converted = await workbookToCsv(workbookPath(target), next, sheet);
    return { ...converted, path: next, take: () => finish(next, target) };
  } catch (error) {
    await rm(next, { force: true });
    throw explainStorage(error);
  }
}

/** Errors of the disk in words; others as they are. */
export function explainStorage(error: unknown): unknown {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === "ENOSPC" || code === "EDQUOT")
    return new AppError(
      "UNAVAILABLE",
      "The disk of the server is full, so the file could not be stored. Nothing was kept. Ask your administrator to free space, then upload it again.",
    );
  if (code === "EACCES" || code === "EROFS")
    return new AppError(
      "UNAVAILABLE",
      "The server may not write to its data directory, so the file could not be stored. Ask your administrator to check its permissions.",
    );
  return error;
}
