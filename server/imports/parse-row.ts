import { parseAttributeValue } from "@/server/attributes/schemas";
import { parseEmail, parsePhone, tiers } from "@/server/customers";
import { readDay } from "./dates";
import {
  blankPolicy,
  finishPolicy,
  type ParsedPolicy,
  type PolicyDraft,
  type PolicyField,
  policyTakers,
} from "./parse-policy";
import type { RowPlan } from "./row-plan";
import type { ImportField } from "./schemas";
import { parseAttribute, parseLanguage } from "./values";

type Value = string | number | boolean;

/** A row in the customer's own words. A field that is not there was blank or not mapped: it stays as it is. */
export type ParsedRow = {
  rowNumber: number;
  externalId: string | null;
  phone: string | null;
  email: string | null;
  fields: {
    name?: string;
    language?: string;
    tier?: string;
    city?: string;
    birth_date?: string;
    stop_state?: string;
  };
  attributes: Record<string, Value>;
  /** Null in a file of customers. */
  policy: ParsedPolicy | null;
};

export type RejectedRow = { rowNumber: number; reason: string; cells: string[] };

/** A parsed row with its cells as they stood in the file. */
export type ReadRow = { row: ParsedRow; cells: string[] };

/** What a row states of its customer, by name: `phone`, `city`, `attribute:branch`. */
export const statementKeys = (row: ParsedRow): string[] => [
  ...(["externalId", "phone", "email"] as const).filter((key) => row[key] !== null),
  ...Object.keys(row.fields),
  ...Object.keys(row.attributes).map((key) => `attribute:${key}`),
];

type Draft = Omit<ParsedRow, "rowNumber" | "policy"> & { policy: PolicyDraft };
type Take = (draft: Draft, text: string, plan: RowPlan) => string | null;

const longest = { external_id: 128, name: 200, city: 100 } as const;

const tooLong = (label: string, most: number) => `The ${label} is longer than ${most} characters.`;

/** Puts one cell into the draft; returns the reason when it cannot. */
const takers: Record<Exclude<ImportField, PolicyField>, Take> = {
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
  phone: (draft, text, { options }) => {
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
  birth_date: (draft, text, { options, surroundings }) => {
    const day = readDay(text, { order: options.dateOrder, era: "past", today: surroundings.today });
    if (!day || day < "1900-01-01")
      return "The birth date is not a date that exists (day/month/year or year-month-day).";
    draft.fields.birth_date = day;
    return null;
  },
};

const isPolicyField = (field: ImportField): field is PolicyField => field in policyTakers;

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is taken out
const CONTROL = /[\u0000-\u001f\u007f]+/g;

/** One row by the plan: the parsed row, or why it is not taken (all reasons in one sentence each). */
export function parseRow(plan: RowPlan, rowNumber: number, cells: string[]): ParsedRow | RejectedRow {
  const reject = (reason: string): RejectedRow => ({ rowNumber, reason, cells });
  const misshapen = shapeProblem(plan, cells);
  if (misshapen) return reject(misshapen);
  const draft: Draft = {
    externalId: null,
    phone: null,
    email: null,
    fields: {},
    attributes: {},
    policy: blankPolicy(),
  };
  const reasons: string[] = [];
  for (const [at, target] of plan.targets.entries()) {
    const text = (cells[at] ?? "").replace(CONTROL, " ").trim();
    if (!target || text === "") continue;
    const reason = takeCell(draft, text, { target, plan });
    if (reason) reasons.push(reason);
  }
  const policy = plan.policies ? finishPolicy(draft.policy) : null;
  if (policy && "reason" in policy) reasons.unshift(policy.reason);
  if (plan.options.rowNumberAsId) draft.externalId = String(rowNumber);
  if (draft.policy.death) draft.fields.stop_state = "death_claim";
  if (reasons.length > 0 || (policy && "reason" in policy)) return reject(reasons.join(" "));
  if (!draft.externalId && !draft.phone && !draft.email && !policy)
    return reject("There is no external id, phone or e-mail to know the customer by.");
  return { rowNumber, ...draft, policy };
}

function takeCell(
  draft: Draft,
  text: string,
  { target, plan }: { target: NonNullable<RowPlan["targets"][number]>; plan: RowPlan },
): string | null {
  if (typeof target === "string")
    return isPolicyField(target)
      ? policyTakers[target](draft.policy, text, plan)
      : takers[target](draft, text, plan);
  if (!target.definition) {
    draft.attributes[target.attribute] = parseAttribute(text);
    return null;
  }
  const value = parseAttributeValue(target.definition, text);
  if (!value.ok) return value.reason;
  if (value.value !== null) draft.attributes[target.attribute] = value.value;
  return null;
}

function shapeProblem(plan: RowPlan, cells: string[]): string | null {
  const width = plan.targets.length;
  if (cells.every((cell) => cell.trim() === "")) return "Every cell of the row is empty.";
  const short = cells.length < width && !plan.ragged;
  if (short || cells.slice(width).some((cell) => cell.trim() !== ""))
    return `The row has ${count(cells.length)}, the file has ${width} columns.`;
  return null;
}

const count = (cells: number): string => (cells === 1 ? "1 cell" : `${cells} cells`);
