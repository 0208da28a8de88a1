import { parse } from "csv-parse/sync";
import { AppError } from "@/server/platform/errors";
import { problemOf } from "./places";

export type DltCategory = "promotional" | "service_explicit" | "service_implicit" | "transactional";

/** A row of the file that can be taken. */
export type Registration = {
  line: number;
  entityId: string;
  header: string;
  templateId: string;
  name: string;
  category: DltCategory;
  language: string;
  text: string;
  status: "active" | "inactive";
};

export type RefusedRow = { line: number; name: string; reason: string };

export type ReadFile = { rows: Registration[]; refused: RefusedRow[] };

/** Each portal (Jio, Vi, Airtel, BSNL, Tata …) names its columns in its own way. */
const columns = {
  entityId: ["entityid", "peid", "principalentityid", "entity"],
  header: ["header", "headers", "headername", "senderid", "sender", "cli", "headerid"],
  templateId: ["templateid", "contenttemplateid", "dlttemplateid", "tempid", "ctid"],
  name: ["templatename", "name", "contenttemplatename"],
  category: ["templatetype", "category", "contenttype", "type", "communicationtype", "contentcategory"],
  language: ["language", "templatelanguage"],
  text: ["templatecontent", "content", "templatemessage", "message", "templatetext", "text", "templatebody"],
  status: ["status", "templatestatus", "approvalstatus", "statusoftemplate"],
} as const;
type Column = keyof typeof columns;

const MOST_ROWS = 20_000;

/**
 * Reads an export of a DLT portal. Rows that cannot be used are refused with their reason; the others are taken.
 * @throws AppError BAD_INPUT for a file that is none
 */
export function readRegistryFile(content: string, entityId: string): ReadFile {
  const records = parseCsv(content);
  const [first = []] = records;
  const place = findColumns(first);
  const result: ReadFile = { rows: [], refused: [] };
  const seen = new Set<string>();
  for (const [index, record] of records.slice(1, MOST_ROWS + 1).entries()) {
    const cell = (column: Column) => {
      const at = place.get(column);
      return at === undefined ? "" : (record[at] ?? "").trim().replace(/^'(?=\d)/, "");
    };
    const row = readRow(cell, entityId);
    const line = index + 2;
    const name = cell("name") || cell("templateId") || "no name";
    if (typeof row === "string") result.refused.push({ line, name, reason: row });
    else if (seen.has(row.templateId))
      result.refused.push({ line, name, reason: "the template id stands in the file twice" });
    else {
      seen.add(row.templateId);
      result.rows.push({ ...row, line });
    }
  }
  return result;
}

function parseCsv(content: string): string[][] {
  const [head = ""] = content.split(/\r?\n/, 1);
  const delimiter = [",", ";", "\t", "|"].toSorted((a, b) => head.split(b).length - head.split(a).length)[0];
  try {
    return parse(content, {
      delimiter: delimiter ?? ",",
      bom: true,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      record_delimiter: ["\r\n", "\n", "\r"],
    });
  } catch {
    throw new AppError(
      "BAD_INPUT",
      "The file cannot be read as CSV: a quotation mark is opened and never closed.",
    );
  }
}

function findColumns(head: string[]): Map<Column, number> {
  const names = head.map((name) => name.toLowerCase().replace(/[^a-z]/g, ""));
  const found = new Map<Column, number>();
  for (const [column, known] of Object.entries(columns) as [Column, readonly string[]][]) {
    const at = known.map((name) => names.indexOf(name)).find((index) => index >= 0);
    if (at !== undefined) found.set(column, at);
  }
  const missing = (["templateId", "text", "header"] as const).filter((column) => !found.has(column));
  if (missing.length > 0)
    throw new AppError(
      "BAD_INPUT",
      `The first line names no column for ${missing.map((column) => wanted[column]).join(", ")}. Export the content templates of your DLT portal as CSV, with their column names.`,
    );
  return found;
}

const wanted = { templateId: "the template id", text: "the text", header: "the header" } as const;

const categories: readonly [RegExp, DltCategory][] = [
  [/promo/i, "promotional"],
  [/explicit/i, "service_explicit"],
  [/implicit|^service$/i, "service_implicit"],
  [/trans/i, "transactional"],
];

function readRow(cell: (column: Column) => string, entityId: string): Omit<Registration, "line"> | string {
  const entity = cell("entityId") || entityId;
  const templateId = cell("templateId");
  const text = cell("text").replace(/\r\n?/g, "\n");
  const header = (cell("header").split(/[,;|\s]/)[0] ?? "").toUpperCase();
  const category = categories.find(([words]) => words.test(cell("category")))?.[1];
  if (!/^\d{15,25}$/.test(templateId))
    return /e\+/i.test(templateId)
      ? "the template id was spoilt by a spreadsheet (1.10E+18): export it as text"
      : "the template id is not a number of 19 digits";
  if (!/^\d{15,25}$/.test(entity)) return "there is no principal entity id of 19 digits: give it above";
  if (!/^[A-Z0-9-]{3,11}$/.test(header)) return "there is no header (sender id)";
  if (text === "" || text.length > 2_000) return "there is no text, or it is longer than 2,000 characters";
  if (!category) return `“${cell("category") || "nothing"}” is not a known template type`;
  const problem = problemOf(text);
  if (problem) return problem;
  const language = cell("language").toLowerCase();
  const inactive = /inactive|reject|block|expire|pending|suspend/i.test(cell("status"));
  return {
    entityId: entity,
    header,
    templateId,
    name: (cell("name") || templateId).slice(0, 200),
    category,
    language: languageOf(language, text),
    text,
    status: inactive ? "inactive" : "active",
  };
}

const languages: Record<string, string> = {
  english: "en",
  hindi: "hi",
  marathi: "mr",
  tamil: "ta",
  telugu: "te",
  bengali: "bn",
  gujarati: "gu",
  kannada: "kn",
  malayalam: "ml",
  punjabi: "pa",
  odia: "or",
  urdu: "ur",
  assamese: "as",
};

/** Portals that do not say it: the script tells Hindi from English well enough for a list. */
const languageOf = (given: string, text: string): string =>
  languages[given] ??
  (/^[a-z]{2,3}$/.test(given) ? given : /\p{Script=Devanagari}/u.test(text) ? "hi" : "en");
