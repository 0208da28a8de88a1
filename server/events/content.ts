import { knownProperties, type PropertyValue } from "./schemas";

/** The text of a batch as rows: each is one event as its sender wrote it, with the line on which it begins. */
export type BatchRow = { line: number; event: unknown };
export type Batch = {
  format: "JSON" | "NDJSON" | "CSV";
  rows: BatchRow[];
  /** Lines that are no events at all, with what is wrong. */
  problems: { line: number; reason: string }[];
};

/** The most events that one paste or file may hold. */
export const MOST_PASTED = 20_000;

/**
 * Reads what somebody pasted: a JSON array (or `{ "events": [...] }`), one JSON object a line, or CSV with a header. Never
 * throws; what cannot be read is a problem with its line.
 */
export function readBatch(text: string): Batch {
  const trimmed = text.replace(/^\uFEFF/, "");
  const first = trimmed.trimStart()[0];
  if (first === "[") return readJson(trimmed);
  if (first !== "{") return readCsv(trimmed);
  const whole = parsed(trimmed);
  if (whole.ok && isObject(whole.value) && Array.isArray(whole.value.events)) return readJson(trimmed);
  // One object over several lines is one event.
  if (whole.ok) return { format: "JSON", rows: [{ line: 1, event: whole.value }], problems: [] };
  return readLines(trimmed);
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function parsed(text: string): { ok: true; value: unknown } | { ok: false; message: string } {
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch (error) {
    return { ok: false, message: error instanceof Error ? error.message : "It cannot be read." };
  }
}

function readJson(text: string): Batch {
  const whole = parsed(text);
  if (!whole.ok) {
    const at = /position (\d+)/.exec(whole.message)?.[1];
    const line = at ? text.slice(0, Number(at)).split("\n").length : 1;
    return { format: "JSON", rows: [], problems: [{ line, reason: "The JSON is broken here." }] };
  }
  const list = Array.isArray(whole.value) ? whole.value : (whole.value as { events: unknown[] }).events;
  const lines = linesOfElements(text);
  return {
    format: "JSON",
    rows: list.map((event, index) => ({ line: lines[index] ?? 1, event })),
    problems: [],
  };
}

/** The lines on which the elements of the first array of a valid JSON text begin. */
function linesOfElements(text: string): number[] {
  const lines: number[] = [];
  let line = 1;
  let depth = 0;
  let base: number | null = null;
  let quoted = false;
  let open = false;
  for (let at = 0; at < text.length; at++) {
    const sign = text[at] ?? "";
    if (sign === "\n") line++;
    if (quoted) {
      if (sign === "\\") at++;
      else if (sign === '"') quoted = false;
      continue;
    }
    if (/\s/.test(sign)) continue;
    const begins = base !== null && depth === base && open && sign !== "]" && sign !== ",";
    if (begins) {
      lines.push(line);
      open = false;
    }
    if (sign === '"') quoted = true;
    else if (sign === "[" || sign === "{") {
      depth++;
      if (sign === "[" && base === null) {
        base = depth;
        open = true;
      }
    } else if (sign === "]" || sign === "}") depth--;
    else if (sign === "," && depth === base) open = true;
    if (base !== null && depth < base) break;
  }
  return lines;
}

function readLines(text: string): Batch {
  const batch: Batch = { format: "NDJSON", rows: [], problems: [] };
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === "") continue;
    const one = parsed(line);
    if (one.ok) batch.rows.push({ line: index + 1, event: one.value });
    else batch.problems.push({ line: index + 1, reason: "This line is not a JSON object." });
  }
  return batch;
}

/** CSV columns that say which customer; every other column but these is a property. */
const customerColumns: Record<string, string> = {
  customer: "external_id",
  customer_id: "id",
  external_id: "external_id",
  phone: "phone",
  email: "email",
  customer_name: "name",
};
const eventColumns = new Set(["id", "name", "occurred_at"]);

function readCsv(text: string): Batch {
  const [header, ...records] = csvRecords(text);
  const columns = header?.cells.map((cell) => cell.trim().toLowerCase()) ?? [];
  const batch: Batch = { format: "CSV", rows: [], problems: [] };
  if (!columns.includes("name")) {
    const reason = "The first line must name the columns, among them name and external_id, phone or email.";
    return { ...batch, problems: [{ line: 1, reason }] };
  }
  for (const { line, cells } of records) {
    if (cells.length === 1 && cells[0]?.trim() === "") continue;
    if (cells.length > columns.length)
      batch.problems.push({
        line,
        reason: `There are ${cells.length} cells, but ${columns.length} columns.`,
      });
    else batch.rows.push({ line, event: eventOf(columns, cells) });
  }
  return batch;
}

function eventOf(columns: string[], cells: string[]): unknown {
  const event: Record<string, unknown> = {};
  const customer: Record<string, string> = {};
  const loose: Record<string, string> = {};
  for (const [index, column] of columns.entries()) {
    const cell = cells[index]?.trim() ?? "";
    if (cell === "" || column === "") continue;
    const key = customerColumns[column];
    if (key) customer[key] = cell;
    else if (eventColumns.has(column)) event[column] = cell;
    else loose[column] = cell;
  }
  const types = knownProperties(String(event.name ?? ""));
  const properties = Object.fromEntries(
    Object.entries(loose).map(([key, cell]) => [key, typed(cell, types[key])]),
  );
  return { ...event, customer, properties };
}

/** A cell as the value that it spells, unless the property is known to be a text. A leading zero makes it one. */
function typed(cell: string, type: string | undefined): PropertyValue {
  if (type === "text" || type === "date") return cell;
  if (/^-?(0|[1-9]\d{0,14})(\.\d{1,10})?$/.test(cell)) return Number(cell);
  return cell === "true" ? true : cell === "false" ? false : cell;
}

/** Records of RFC 4180 text, comma or semicolon, each with the line on which it begins. */
function csvRecords(text: string): { line: number; cells: string[] }[] {
  const head = text.slice(0, text.indexOf("\n") === -1 ? undefined : text.indexOf("\n"));
  const comma = head.includes(";") && !head.includes(",") ? ";" : ",";
  const records: { line: number; cells: string[] }[] = [];
  let cells: string[] = [];
  let cell = "";
  let quoted = false;
  let line = 1;
  let begun = 1;
  const end = () => {
    records.push({ line: begun, cells: [...cells, cell] });
    cells = [];
    cell = "";
  };
  for (let at = 0; at < text.length; at++) {
    const sign = text[at] ?? "";
    if (sign === "\n") line++;
    if (quoted) {
      if (sign !== '"') cell += sign;
      else if (text[at + 1] === '"') cell += text[++at];
      else quoted = false;
    } else if (sign === '"' && cell === "") quoted = true;
    else if (sign === comma) {
      cells.push(cell);
      cell = "";
    } else if (sign === "\n") {
      end();
      begun = line;
    } else if (sign !== "\r") cell += sign;
  }
  if (cell !== "" || cells.length > 0) end();
  return records;
}
