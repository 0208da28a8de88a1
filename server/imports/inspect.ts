import fs from "node:fs/promises";
import { parse } from "csv-parse/sync";
import { AppError } from "@/server/platform/errors";
import { csvOptions, explainCsv } from "./csv";

/** What the beginning of a file says about all of it. */
export type Inspection = {
  delimiter: string;
  hasHeader: boolean;
  /** Rows above the names of the columns, and what stands in them. */
  skipRows: number;
  above: string[];
  /** One name a column, unique; `Column 1` … where the file names none. */
  headers: string[];
  /** The first rows of data, for the person; `rows` are some more of them, for guesses. */
  sample: string[][];
  rows: string[][];
};

const HEAD_BYTES = 256 * 1024;
const SAMPLE_ROWS = 8;
/** A title, a day and an empty line or two; a table begins below. */
const MOST_ABOVE = 20;
const delimiters = [",", ";", "\t", "|"] as const;

/** @param said what the person said; guessed when left out. @throws AppError BAD_INPUT when there are no rows */
export async function inspectFile(
  path: string,
  said: { hasHeader?: boolean; skipRows?: number } = {},
): Promise<Inspection> {
  const head = await readHead(path);
  const candidates = delimiters.map((delimiter) => ({ delimiter, rows: parseHead(head, delimiter) }));
  const best = candidates.reduce((one, other) => (score(other.rows) > score(one.rows) ? other : one));
  const skipRows = said.skipRows ?? findTable(best.rows);
  const table = best.rows.slice(skipRows);
  const [first] = table;
  if (!first)
    throw new AppError("BAD_INPUT", "The file is empty. Choose a file with one customer in each row.");
  const named = said.hasHeader ?? looksLikeHeader(first, table[1]);
  const rows = table
    .slice(named ? 1 : 0)
    .filter((row) => row.some((cell) => cell.trim() !== ""))
    .map((row) => row.map((cell) => cell.slice(0, 200)));
  if (rows.length === 0)
    throw new AppError("BAD_INPUT", "The file has column names and no rows under them. Nothing to import.");
  return {
    delimiter: best.delimiter,
    hasHeader: named,
    skipRows,
    above: best.rows.slice(0, skipRows).map((row) => row.join(" ").trim()),
    headers: nameColumns(first, named),
    sample: rows.slice(0, SAMPLE_ROWS),
    rows,
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

/** The first rows, counted as every reader of the file counts them. */
function parseHead(head: { text: string; whole: boolean }, delimiter: string): string[][] {
  const rows: string[][] = [];
  try {
    parse(head.text, {
      ...csvOptions(delimiter),
      to: 60,
      on_record: (row: string[]) => {
        rows.push(row);
        return null;
      },
    });
  } catch (error) {
    // The cut may fall inside a quoted cell; what was read before it serves.
    if (head.whole && rows.length === 0) throw explainCsv(error, null);
  }
  // A file of empty cells is empty.
  return rows.some((row) => filled(row) > 0) ? rows : [];
}

const filled = (row: string[]): number => row.filter((cell) => cell.trim() !== "").length;

/** How many rows stand above the table: the first row that is nearly as full as the fullest begins it. */
function findTable(rows: string[][]): number {
  const fullest = Math.max(0, ...rows.map(filled));
  const at = rows.slice(0, MOST_ABOVE + 1).findIndex((row) => filled(row) >= Math.max(1, fullest * 0.6));
  return Math.max(0, at);
}

/** The right delimiter gives many columns, the same number in every row. */
function score(rows: string[][]): number {
  const width = Math.max(0, ...rows.map((row) => row.length));
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
