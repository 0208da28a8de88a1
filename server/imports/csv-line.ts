/** A spreadsheet runs a cell that begins like this as a formula. */
const FORMULA = /^[=+\-@\t\r]/;

/** A CSV cell: quoted where needed; what a spreadsheet would run gets an apostrophe before it. */
export function csvCell(text: string): string {
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** A line of CSV. */
export const csvLine = (cells: string[]): string => `${cells.map(csvCell).join(",")}\r\n`;
