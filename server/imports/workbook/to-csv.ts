import { once } from "node:events";
import fs from "node:fs";
import { finished } from "node:stream/promises";
import { AppError } from "@/server/platform/errors";
import { openArchive } from "./archive";
import { readWorkbook, type SheetPart } from "./parts";
import { readSheet } from "./read-sheet";
import { SharedStrings } from "./shared-strings";

export type Converted = { sheet: string; sheets: string[] };

const cellOf = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** The sheets of a workbook, hidden ones too. @throws AppError UNSUPPORTED (no workbook, damaged) */
export async function everySheet(source: string): Promise<SheetPart[]> {
  const archive = await openArchive(source);
  try {
    const { sheets, hidden } = await readWorkbook(archive);
    return [...sheets, ...hidden];
  } finally {
    archive.close();
  }
}

/**
 * Writes one sheet of a workbook as CSV, which everything after the upload reads: the one asked for by name (visible) or part
 * (any of `everySheet`), else the first that has a table in it. Memory stays flat, whatever the size.
 * @throws AppError UNSUPPORTED (no workbook, damaged), BAD_INPUT (no rows, no such sheet)
 */
export async function workbookToCsv(
  source: string,
  target: string,
  wanted?: string | SheetPart,
): Promise<Converted> {
  const archive = await openArchive(source);
  let strings: SharedStrings | null = null;
  try {
    const workbook = await readWorkbook(archive);
    const sheets = workbook.sheets.map(({ name }) => name);
    const candidates =
      typeof wanted === "object"
        ? [wanted]
        : workbook.sheets.filter(({ name }) => wanted === undefined || name === wanted);
    if (candidates.length === 0)
      throw new AppError("BAD_INPUT", `The workbook has no sheet “${wanted}”. It has ${sheets.join(", ")}.`);
    strings = await SharedStrings.read(archive, workbook.sharedStrings, `${target}.strings`);
    for (const { name, part } of candidates)
      if ((await writeSheet({ archive, workbook, strings }, part, target)) > 1 || wanted !== undefined)
        return { sheet: name, sheets };
    throw new AppError(
      "BAD_INPUT",
      "No sheet of the workbook has column names with rows under them. Nothing to import.",
    );
  } finally {
    strings?.close();
    archive.close();
  }
}

/** Returns how many rows were written. */
async function writeSheet(
  source: Parameters<typeof readSheet>[0],
  part: string,
  target: string,
): Promise<number> {
  const out = fs.createWriteStream(target);
  // An error of the disk while nobody waits for it is told by `finished`.
  out.on("error", () => {});
  let count = 0;
  try {
    await readSheet(source, part, async (rows) => {
      count += rows.length;
      const text = rows.map((row) => `${row.map(cellOf).join(",")}\r\n`).join("");
      if (!out.write(text)) await once(out, "drain");
    });
    out.end();
    await finished(out);
  } finally {
    out.destroy();
  }
  return count;
}
