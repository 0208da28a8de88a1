import { parse } from "csv-parse/sync";
import { AppError } from "@/server/platform/errors";

type Line = { line: number; row: Record<string, unknown> };
type Parsed = { record: Record<string, string>; info: { lines: number } };

const customerColumns = ["external_id", "phone", "email"] as const;
const columns = ["id", "name", "campaign_id", "currency", "policy_number", "occurred_at"] as const;

/** "12,345.50", "₹ 12345.5" → a number; what is none stays as it is, and is refused with its line. */
function amountOf(text: string): unknown {
  const plain = text.replace(/^(₹|rs\.?|inr)\s*/i, "").replaceAll(",", "");
  return /^\d+(\.\d+)?$/.test(plain) ? Number(plain) : text;
}

/** What parts the names of the first line; amounts may hold the others. */
function delimiterOf(text: string): string {
  const [head = ""] = text.split(/\r?\n/, 1);
  const count = (sign: string) => head.split(sign).length;
  return [";", "\t"].find((sign) => count(sign) > count(",")) ?? ",";
}

/**
 * The lines of a CSV file as conversions, named by its first line. Empty cells are left out.
 * @throws AppError BAD_INPUT with what is wrong with the file
 */
export function readCsv(text: string): Line[] {
  let parsed: Parsed[];
  try {
    parsed = parse(text, {
      bom: true,
      columns: (names: string[]) => names.map((name) => name.trim().toLowerCase().replaceAll(" ", "_")),
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
  const [first] = parsed;
  if (!first)
    throw new AppError("BAD_INPUT", "The file has no lines below its first one. Name the columns there.");
  if (!customerColumns.some((name) => name in first.record))
    throw new AppError(
      "BAD_INPUT",
      "The first line must name a column external_id, phone or email, so that each line says which customer.",
    );
  return parsed.map(({ record, info }) => {
    const given = (name: string) => (record[name] ? { [name]: record[name] } : {});
    const customer = Object.assign({}, ...customerColumns.map(given));
    const value = record.value ? { value: amountOf(record.value) } : {};
    return { line: info.lines, row: { customer, ...value, ...Object.assign({}, ...columns.map(given)) } };
  });
}
