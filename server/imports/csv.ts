import fs from "node:fs";
import { type Info, type Options, parse } from "csv-parse";
import { AppError } from "@/server/platform/errors";

/** A record with the byte at which the next one begins. */
export type CsvRow = { cells: string[]; end: number };

/** A quotation mark that never closes would swallow the file; no honest row is this long. */
const LONGEST_ROW = 1024 * 1024;

/** How every reader of an upload parses: ragged rows come through and are judged later. */
export const csvOptions = (delimiter: string): Options => ({
  delimiter,
  // All three, as lists pasted together mix them.
  record_delimiter: ["\r\n", "\n", "\r"],
  bom: true,
  relax_column_count: true,
  relax_quotes: true,
  skip_empty_lines: true,
  max_record_size: LONGEST_ROW,
});

/**
 * The rows of a UTF-8 file from the byte `start` on, one at a time; holds a few kilobytes whatever the file's size.
 * @throws AppError BAD_INPUT when a quotation mark is never closed
 */
export async function* readRows(path: string, delimiter: string, start: number): AsyncGenerator<CsvRow> {
  const source = fs.createReadStream(path, { start });
  const parser = parse({ ...csvOptions(delimiter), bom: start === 0, info: true });
  source.on("error", (error) => parser.destroy(error));
  source.pipe(parser);
  let last: CsvRow | null = null;
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: Info }>) {
      last = { cells: record, end: start + info.bytes };
      yield last;
    }
  } catch (error) {
    throw explainCsv(error, last);
  } finally {
    source.destroy();
    parser.destroy();
  }
}

/** The parser's errors in words; anything else as it is. */
export function explainCsv(error: unknown, last: CsvRow | null): unknown {
  const { code } = error as { code?: string };
  if (code === "CSV_QUOTE_NOT_CLOSED" || code === "CSV_MAX_RECORD_SIZE") {
    const after = last?.cells.join(" ").slice(0, 60);
    return new AppError(
      "BAD_INPUT",
      `A quotation mark is opened and never closed${after ? `, after the row that begins “${after}”` : ""}. Mend that row and upload the file again.`,
    );
  }
  if (code === "ENOENT")
    return new AppError("NOT_FOUND", "The uploaded file is no longer there. Upload it again.");
  return error;
}
