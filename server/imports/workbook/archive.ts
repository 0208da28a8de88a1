import { once } from "node:events";
import type { Readable } from "node:stream";
import yauzl from "yauzl";
import { AppError } from "@/server/platform/errors";

/** The parts of a workbook (a ZIP archive), read one at a time; nothing is ever unpacked to disk or held whole. */
export type Archive = {
  has: (name: string) => boolean;
  /** Calls `take` with each piece of a part's text. @throws AppError when the part is damaged or far too large */
  read: (name: string, take: (text: string) => void | Promise<void>) => Promise<void>;
  close: () => void;
};

/** A sheet with a million rows stays below it; a bomb does not. */
const LARGEST_PART = 4 * 1024 * 1024 * 1024;
const MOST_PARTS = 10_000;

export const damaged = (): AppError =>
  new AppError(
    "UNSUPPORTED",
    "The workbook is damaged and cannot be opened. Open it in a spreadsheet, save it again, and upload that file.",
  );

/** @throws AppError UNSUPPORTED when the file is no readable archive */
export async function openArchive(path: string): Promise<Archive> {
  const zip = await openZip(path);
  const entries = await readDirectory(zip);
  return {
    has: (name) => entries.has(name.toLowerCase()),
    read: async (name, take) => {
      const entry = entries.get(name.toLowerCase());
      if (!entry || entry.uncompressedSize > LARGEST_PART) throw damaged();
      const stream = await openPart(zip, entry);
      const decoder = new TextDecoder();
      try {
        for await (const piece of stream) await take(decoder.decode(piece as Buffer, { stream: true }));
        await take(decoder.decode());
      } catch (error) {
        throw error instanceof AppError ? error : damaged();
      } finally {
        stream.destroy();
      }
    },
    close: () => zip.close(),
  };
}

const openZip = (path: string): Promise<yauzl.ZipFile> =>
  new Promise((resolve, reject) =>
    yauzl.open(path, { lazyEntries: true, autoClose: false }, (error, zip) =>
      error ? reject(damaged()) : resolve(zip),
    ),
  );

async function readDirectory(zip: yauzl.ZipFile): Promise<Map<string, yauzl.Entry>> {
  const entries = new Map<string, yauzl.Entry>();
  if (zip.entryCount > MOST_PARTS) throw damaged();
  zip.on("entry", (entry: yauzl.Entry) => {
    entries.set(entry.fileName.replaceAll("\\", "/").toLowerCase(), entry);
    zip.readEntry();
  });
  zip.readEntry();
  try {
    await once(zip, "end");
  } catch {
    zip.close();
    throw damaged();
  }
  return entries;
}

const openPart = (zip: yauzl.ZipFile, entry: yauzl.Entry): Promise<Readable> =>
  new Promise((resolve, reject) =>
    zip.openReadStream(entry, (error, stream) => (error ? reject(damaged()) : resolve(stream))),
  );
