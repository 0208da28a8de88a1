import { AppError } from "@/server/platform/errors";
import type { Archive } from "./archive";
import { numberText } from "./cell-text";
import type { Workbook } from "./parts";
import type { SharedStrings } from "./shared-strings";
import { walkXml } from "./xml";

const MOST_COLUMNS = 1_000;

type Source = { archive: Archive; workbook: Workbook; strings: SharedStrings };

/** "AB12" → 27, the place of the column. −1 when there is none. */
function columnOf(reference: string | undefined): number {
  let column = 0;
  for (const letter of reference ?? "") {
    const value = letter.charCodeAt(0) & ~32; // upper case
    if (value < 65 || value > 90) break;
    column = column * 26 + (value - 64);
  }
  return column - 1;
}

/**
 * The rows of a sheet, one array of texts each, as it streams by; rows without any text are left out. What a cell shows is
 * told from its type and its style. Formulas give the value that the workbook holds.
 */
export async function readSheet(
  source: Source,
  part: string,
  onRows: (rows: string[][]) => Promise<void>,
): Promise<void> {
  let rows: string[][] = [];
  let row: string[] = [];
  let column = -1;
  let type = "n";
  let style = 0;
  let value = "";
  let taking = false;
  let inReading = 0;
  const textOf = (): string => {
    if (type === "s") return source.strings.get(Number(value));
    if (type === "b") return value === "1" ? "TRUE" : "FALSE";
    // #N/A and its kind are the lack of a value.
    if (type === "e") return "";
    if (type !== "n") return value;
    return numberText(value, source.workbook.looks[style] ?? { kind: "number" }, source.workbook.from1904);
  };
  await walkXml(
    source.archive,
    part,
    {
      open: (name, attributes) => {
        if (name === "row") {
          row = [];
          column = -1;
        } else if (name === "c") {
          const place = columnOf(attributes.r);
          column = place >= 0 ? place : column + 1;
          type = attributes.t ?? "n";
          style = Number(attributes.s ?? 0);
          value = "";
        } else if (name === "rPh") inReading++;
        else if (name === "v" || name === "t") taking = inReading === 0;
      },
      text: (text) => {
        if (taking) value += text;
      },
      close: (name) => {
        if (name === "v" || name === "t") taking = false;
        else if (name === "rPh") inReading--;
        else if (name === "c") putCell(row, column, value === "" ? "" : textOf());
        else if (name === "row" && row.length > 0) rows.push(row);
      },
    },
    async () => {
      if (rows.length === 0) return;
      const read = rows;
      rows = [];
      await onRows(read);
    },
  );
  if (rows.length > 0) await onRows(rows);
}

function putCell(row: string[], column: number, text: string): void {
  if (text.trim() === "") return;
  if (column >= MOST_COLUMNS)
    throw new AppError(
      "UNSUPPORTED",
      `The sheet has more than ${MOST_COLUMNS} columns. Keep the columns that you need, and upload that file.`,
    );
  while (row.length < column) row.push("");
  row[column] = text;
}
