import { parse } from "csv-parse/sync";
import { Temporal } from "temporal-polyfill";
import { AppError } from "@/server/platform/errors";
import { type ColumnMapping, customerFields, type FileField, fileFieldNames, fileFields } from "./status";

/** Most lines of one file. */
const MOST_LINES = 20_000;

/** What a file holds, column by column. Names of columns are unique. */
export type CsvTable = { headers: string[]; lines: { line: number; cells: string[] }[] };

type Parsed = { record: string[]; info: { lines: number } };

/** What parts the names of the first line; amounts may hold the others. */
function delimiterOf(text: string): string {
  const [head = ""] = text.split(/\r?\n/, 1);
  const count = (sign: string) => head.split(sign).length;
  return [";", "\t"].find((sign) => count(sign) > count(",")) ?? ",";
}

/** The lines of a CSV file under the names of its first. @throws AppError BAD_INPUT with what is wrong with the file */
export function readCsv(text: string): CsvTable {
  const [head, ...lines] = parsed(text);
  if (!head || lines.length === 0)
    throw new AppError("BAD_INPUT", "The file has no lines below its first one. Name the columns there.");
  if (lines.length > MOST_LINES)
    throw new AppError("BAD_INPUT", `Upload at most ${MOST_LINES} lines at once. Split the file.`);
  const seen = new Set<string>();
  const headers = head.record.map((name, at) => {
    const plain = name.slice(0, 200) || `Column ${at + 1}`;
    const unique = seen.has(plain) ? `${plain} (${at + 1})` : plain;
    seen.add(unique);
    return unique;
  });
  return { headers, lines: lines.map(({ record, info }) => ({ line: info.lines, cells: record })) };
}

function parsed(text: string): Parsed[] {
  try {
    return parse(text, {
      bom: true,
      delimiter: delimiterOf(text),
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
    }) as unknown as Parsed[];
  } catch (error) {
    throw new AppError(
      "BAD_INPUT",
      `The file is no CSV: ${(error as Error).message}. Save it as CSV, UTF-8.`,
    );
  }
}

/** What the columns hold as far as their names say; each field once. */
export function guessMapping(headers: readonly string[]): ColumnMapping {
  const mapping: ColumnMapping = {};
  const free = new Set<FileField>(fileFieldNames);
  for (const header of headers) {
    const plain = header.trim().toLowerCase().replaceAll(" ", "_");
    const field = fileFieldNames.find(
      (name) => free.has(name) && fileFields[name].alike.some((word) => word === plain),
    );
    if (!field) continue;
    free.delete(field);
    mapping[header] = field;
  }
  return mapping;
}

type Reading = { mapping: ColumnMapping; zone: string };

/** The lines as conversions; empty cells are left out. Days are read as noon in the workspace's zone. */
export function conversionsOf(
  { headers, lines }: CsvTable,
  { mapping, zone }: Reading,
): { line: number; row: Record<string, unknown> }[] {
  const places = headers.flatMap((header, at) => {
    const field = mapping[header];
    return field ? [{ field, at }] : [];
  });
  return lines.map(({ line, cells }) => {
    const given = new Map(
      places.flatMap(({ field, at }) => (cells[at] ? [[field, cells[at]] as const] : [])),
    );
    const row: Record<string, unknown> = { customer: {} };
    for (const [field, text] of given)
      if (customerFields.some((each) => each === field))
        Object.assign(row.customer as object, { [field]: text });
      else
        row[field] =
          field === "value" ? amountOf(text) : field === "occurred_at" ? instantOf(text, zone) : text;
    return { line, row };
  });
}

/** "12,345.50", "₹ 12345.5" → a number; what is none stays as it is, and is refused with its line. */
function amountOf(text: string): unknown {
  const plain = text.replace(/^(₹|rs\.?|inr)\s*/i, "").replaceAll(",", "");
  return /^\d+(\.\d+)?$/.test(plain) ? Number(plain) : text;
}

/** `2026-03-31` or, as India writes it, `31/03/2026` and `31-03-2026`; an instant stays as it is, and so does what is no day. */
function instantOf(text: string, zone: string): string {
  const iso = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  const indian = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(text);
  const [year, month, day] = iso
    ? iso.slice(1).map(Number)
    : indian
      ? indian.slice(1).map(Number).reverse()
      : [];
  if (!year || !month || !day) return text;
  try {
    return Temporal.PlainDate.from({ year, month, day }, { overflow: "reject" })
      .toZonedDateTime({ timeZone: zone, plainTime: "12:00" })
      .toInstant()
      .toString();
  } catch {
    // There is no such day: it is refused with its line.
    return text;
  }
}
