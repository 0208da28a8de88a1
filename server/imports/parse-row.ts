import { parseEmail, parsePhone, tiers } from "@/server/customers";
import type { ImportField, ImportOptions } from "./schemas";
import { parseAttribute, parseDay, parseLanguage } from "./values";

/** A row in the customer's own words. A field that is not there was blank or not mapped: it stays as it is. */
export type ParsedRow = {
  rowNumber: number;
  externalId: string | null;
  phone: string | null;
  email: string | null;
  fields: { name?: string; language?: string; tier?: string; city?: string; birth_date?: string };
  attributes: Record<string, string | number>;
};

export type RejectedRow = { rowNumber: number; reason: string; cells: string[] };

/** A parsed row with its cells as they stood in the file. */
export type ReadRow = { row: ParsedRow; cells: string[] };

/** Column place → target, from the mapping. */
export type RowPlan = { targets: (string | null)[]; options: ImportOptions };

export const planRows = (
  headers: string[],
  mapping: Record<string, string>,
  options: ImportOptions,
): RowPlan => ({ targets: headers.map((header) => mapping[header] ?? null), options });

type Draft = Omit<ParsedRow, "rowNumber">;
type Take = (draft: Draft, text: string, options: ImportOptions) => string | null;

const longest = { external_id: 128, name: 200, city: 100 } as const;

const tooLong = (label: string, most: number) => `The ${label} is longer than ${most} characters.`;

/** Puts one cell into the draft; returns the reason when it cannot. */
const takers: Record<ImportField, Take> = {
  external_id: (draft, text) => {
    if (text.length > longest.external_id) return tooLong("external id", longest.external_id);
    draft.externalId = text;
    return null;
  },
  name: (draft, text) => {
    if (text.length > longest.name) return tooLong("name", longest.name);
    draft.fields.name = text;
    return null;
  },
  city: (draft, text) => {
    if (text.length > longest.city) return tooLong("city", longest.city);
    draft.fields.city = text;
    return null;
  },
  phone: (draft, text, options) => {
    const phone = parsePhone(text, options.country);
    if (!phone.ok) return phone.reason;
    draft.phone = phone.value;
    return null;
  },
  email: (draft, text) => {
    const email = parseEmail(text);
    if (!email.ok) return email.reason;
    draft.email = email.value;
    return null;
  },
  language: (draft, text) => {
    const language = parseLanguage(text);
    if (!language) return "The language is unknown. Use a code such as hi, or a name such as Hindi.";
    draft.fields.language = language;
    return null;
  },
  tier: (draft, text) => {
    const tier = tiers.find((name) => name === text.toLowerCase());
    if (!tier) return "The tier is none of platinum, gold, silver and bronze.";
    draft.fields.tier = tier;
    return null;
  },
  birth_date: (draft, text) => {
    const day = parseDay(text);
    if (!day) return "The birth date is not a date that exists (day/month/year or year-month-day).";
    draft.fields.birth_date = day;
    return null;
  },
};

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is taken out
const CONTROL = /[\u0000-\u001f\u007f]+/g;

/** One row by the plan: the parsed row, or why it is not taken (all reasons in one sentence each). */
export function parseRow(plan: RowPlan, rowNumber: number, cells: string[]): ParsedRow | RejectedRow {
  const reject = (reason: string): RejectedRow => ({ rowNumber, reason, cells });
  const width = plan.targets.length;
  if (cells.every((cell) => cell.trim() === "")) return reject("Every cell of the row is empty.");
  if (cells.length < width)
    return reject(`The row has ${count(cells.length)}, the file has ${width} columns.`);
  if (cells.slice(width).some((cell) => cell.trim() !== ""))
    return reject(`The row has ${count(cells.length)}, the file has ${width} columns.`);

  const draft: Draft = { externalId: null, phone: null, email: null, fields: {}, attributes: {} };
  const reasons: string[] = [];
  for (const [at, target] of plan.targets.entries()) {
    const text = (cells[at] ?? "").replace(CONTROL, " ").trim();
    if (!target || text === "") continue;
    if (target.startsWith("attribute:")) draft.attributes[target.slice(10)] = parseAttribute(text);
    else {
      const reason = takers[target as ImportField](draft, text, plan.options);
      if (reason) reasons.push(reason);
    }
  }
  if (plan.options.rowNumberAsId) draft.externalId = String(rowNumber);
  if (reasons.length > 0) return reject(reasons.join(" "));
  if (!draft.externalId && !draft.phone && !draft.email)
    return reject("There is no external id, phone or e-mail to know the customer by.");
  return { rowNumber, ...draft };
}

const count = (cells: number): string => (cells === 1 ? "1 cell" : `${cells} cells`);
