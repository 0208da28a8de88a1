/** A spreadsheet runs a cell that begins like this as a formula. */
const FORMULA = /^[=+\-@\t\r]/;

/** Tells Excel that a CSV file is UTF-8; the first thing in it. */
export const CSV_MARK = "\uFEFF";

/** A CSV cell: quoted where needed; what a spreadsheet would run gets an apostrophe before it. */
export function csvCell(text: string): string {
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** One line of a CSV file for spreadsheets (RFC 4180), cells escaped. */
export const csvLine = (cells: readonly string[]): string => `${cells.map(csvCell).join(",")}\r\n`;
