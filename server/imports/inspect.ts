import fs from "node:fs/promises";
import { parse } from "csv-parse/sync";
import { AppError } from "@/server/platform/errors";
import { csvOptions, explainCsv } from "./csv";

/** What the beginning of a file says about all of it. */
export type Inspection = {
  delimiter: string;
  hasHeader: boolean;
  /** One name a column, unique; `Column 1` … where the file names none. */
  headers: string[];
  /** The first rows of data. */
  sample: string[][];
};

const HEAD_BYTES = 256 * 1024;
const SAMPLE_ROWS = 8;
const delimiters = [",", ";", "\t", "|"] as const;

/** @param hasHeader what the person said; guessed when left out. @throws AppError BAD_INPUT when there are no rows */
export async function inspectFile(path: string, hasHeader?: boolean): Promise<Inspection> {
  const head = await readHead(path);
  const candidates = delimiters.map((delimiter) => ({ delimiter, rows: parseHead(head, delimiter) }));
  const best = candidates.reduce((one, other) => (score(other.rows) > score(one.rows) ? other : one));
  const [first] = best.rows;
  if (!first)
    throw new AppError("BAD_INPUT", "The file is empty. Choose a file with one customer in each row.");
  const named = hasHeader ?? looksLikeHeader(first, best.rows[1]);
  const sample = best.rows.slice(named ? 1 : 0, SAMPLE_ROWS + (named ? 1 : 0));
  if (sample.length === 0)
    throw new AppError("BAD_INPUT", "The file has column names and no rows under them. Nothing to import.");
  return {
    delimiter: best.delimiter,
    hasHeader: named,
    headers: nameColumns(first, named),
    sample: sample.map((row) => row.map((cell) => cell.slice(0, 200))),
  };
}

/** Text up to the last whole line of the first bytes. */
async function readHead(path: string): Promise<{ text: string; whole: boolean }> {
  const file = await fs.open(path);
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    const { size } = await file.stat();
    const text = buffer.subarray(0, bytesRead).toString("utf8");
    const whole = size <= bytesRead;
    return { text: whole ? text : text.slice(0, text.lastIndexOf("\n") + 1), whole };
  } finally {
    await file.close();
  }
}

function parseHead(head: { text: string; whole: boolean }, delimiter: string): string[][] {
  const rows: string[][] = [];
  try {
    parse(head.text, {
      ...csvOptions(delimiter),
      to: 40,
      on_record: (row: string[]) => {
        if (row.some((cell) => cell.trim() !== "")) rows.push(row);
        return null;
      },
    });
  } catch (error) {
    // The cut may fall inside a quoted cell; what was read before it serves.
    if (head.whole && rows.length === 0) throw explainCsv(error, null);
  }
  return rows;
}

/** The right delimiter gives many columns, the same number in every row. */
function score(rows: string[][]): number {
  const width = rows[0]?.length ?? 0;
  if (width < 2) return width;
  const same = rows.filter((row) => row.length === width).length / rows.length;
  return width * same * same + 1;
}

const VALUE = /@|^[+(]?\d[\d\s().\-/]*$|^(true|false|yes|no|null|n\/a)$/i;

/** Names are short words in most columns; a value (number, date, address) among them means a row of data. */
function looksLikeHeader(first: string[], second: string[] | undefined): boolean {
  const cells = first.map((cell) => cell.trim());
  const named = cells.filter((cell) => cell !== "");
  if (named.some((cell) => VALUE.test(cell) || cell.length > 60)) return false;
  if (named.length < Math.max(1, cells.length / 2)) return false;
  // A lone row of words, or words over words in one column, is more likely a list with a heading.
  return second === undefined || second.join("\n") !== first.join("\n");
}

function nameColumns(first: string[], named: boolean): string[] {
  const used = new Map<string, number>();
  return first.map((cell, at) => {
    const name = (named && cell.replace(/\s+/g, " ").trim().slice(0, 120)) || `Column ${at + 1}`;
    const times = (used.get(name) ?? 0) + 1;
    used.set(name, times);
    return times === 1 ? name : `${name} (${times})`;
  });
}
