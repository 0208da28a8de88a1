import { z } from "zod";
import { parseDay } from "@/server/platform/days";
import { formatCount, formatDate, nothing } from "@/server/platform/format";

export const attributeTypes = ["text", "number", "boolean", "date", "choice"] as const;
export type AttributeType = (typeof attributeTypes)[number];
export const attributeTypeLabels = {
  text: "Text",
  number: "Number",
  boolean: "Yes or no",
  date: "Date",
  choice: "Choice",
} as const satisfies Record<AttributeType, string>;

/** What a value is in `customers.attributes`: dates as `YYYY-MM-DD`, choices as the option itself. */
export type AttributeValue = string | number | boolean;
export type AttributeValues = Record<string, AttributeValue | null>;

/** A custom attribute as the workspace defined it. Values stand under `key` in `customers.attributes`. */
export type AttributeDefinition = {
  id: string;
  key: string;
  label: string;
  type: AttributeType;
  /** The values of a choice, in their order; empty for other types. */
  options: string[];
  description: string;
  /** Not offered any more; values stay and are shown. */
  archived: boolean;
};

export const LONGEST_ATTRIBUTE = 500;

/** A value in its one form, null for a blank text, or why it is none, in words for the person who typed it. */
export type AttributeResult = { ok: true; value: AttributeValue | null } | { ok: false; reason: string };

const take = (value: AttributeValue | null): AttributeResult => ({ ok: true, value });
const refuse = (reason: string): AttributeResult => ({ ok: false, reason });

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is taken out
const CONTROL = /[\u0000-\u001f\u007f]+/g;
/** Plain, or grouped by thousands or lakhs; what a currency sign or spaces add is left out before. */
const NUMBER = /^[+-]?(\d+|\d{1,3}(,\d{2,3})*,\d{3})(\.\d+)?$/;

const yes = new Set(["yes", "y", "true", "1", "हाँ", "हां"]);
const no = new Set(["no", "n", "false", "0", "नहीं"]);

type Described = Pick<AttributeDefinition, "label" | "type" | "options">;

const parsers: Record<AttributeType, (text: string, definition: Described) => AttributeResult> = {
  text: (text, { label }) =>
    text.length <= LONGEST_ATTRIBUTE
      ? take(text)
      : refuse(`${label} is longer than ${LONGEST_ATTRIBUTE} characters.`),
  number: (text, { label }) => {
    const plain = text.replace(/^(₹|rs\.?|inr)\s*/i, "").replace(/\s/g, "");
    const number = Number(plain.replaceAll(",", ""));
    if (!NUMBER.test(plain)) return refuse(`${label} is not a number: “${text}”.`);
    return Math.abs(number) <= Number.MAX_SAFE_INTEGER
      ? take(number)
      : refuse(`${label} has more digits than a number can keep. Make it a text.`);
  },
  boolean: (text, { label }) => {
    const word = text.toLowerCase();
    if (yes.has(word)) return take(true);
    return no.has(word) ? take(false) : refuse(`${label} is neither yes nor no: “${text}”.`);
  },
  date: (text, { label }) => {
    const day = parseDay(text);
    return day ? take(day) : refuse(`${label} is not a date that exists (day/month/year): “${text}”.`);
  },
  choice: (text, { label, options }) => {
    const option = options.find((each) => each.toLowerCase() === text.toLowerCase());
    return option !== undefined
      ? take(option)
      : refuse(`${label} is none of ${options.join(", ")}: “${text}”.`);
  },
};

/**
 * What a text means for an attribute: a form's field, a file's cell, an API's string. Blank is null, which removes the
 * value. Pure; the only rule of what a value may be.
 */
export function parseAttributeValue(definition: Described, text: string): AttributeResult {
  const clean = text.replace(CONTROL, " ").trim();
  return clean === "" ? take(null) : parsers[definition.type](clean, definition);
}

/** A value as a form's field shows it; `parseAttributeValue` reads it back. */
export const attributeText = (value: AttributeValue | null | undefined): string =>
  value === null || value === undefined
    ? ""
    : typeof value === "boolean"
      ? value
        ? "yes"
        : "no"
      : `${value}`;

/** A value for reading. One that does not fit its definition (it came in before) is shown as it is. */
export function formatAttributeValue(
  definition: Pick<AttributeDefinition, "type"> | undefined,
  value: AttributeValue | null | undefined,
): string {
  if (value === null || value === undefined || value === "") return nothing;
  if (typeof value === "boolean") return value ? "Yes" : "No";
  if (typeof value === "number") return formatCount(value, 6);
  return definition?.type === "date" && parseDay(value) === value ? formatDate(value, "UTC") : value;
}

export const attributeKey = z
  .string()
  .regex(/^[a-z0-9_]{1,60}$/, "Use small letters, digits and _, at most 60 of them.");

/** "Years of service" → `years_of_service`. Empty when no letter of the label can stand in a key. */
export const keyOfLabel = (label: string): string =>
  label
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^_+|_+$/g, "")
    .slice(0, 60);

export const MOST_OPTIONS = 100;
const label = z.string().trim().min(1, "Give the attribute a name.").max(60, "Use at most 60 characters.");
const description = z.string().trim().max(200, "Use at most 200 characters.");
const options = z
  .array(z.string().trim().min(1, "An option needs a name.").max(100, "Use at most 100 characters."))
  .max(MOST_OPTIONS, `Use at most ${MOST_OPTIONS} options.`)
  .refine(
    (list) => new Set(list.map((option) => option.toLowerCase())).size === list.length,
    "An option stands there twice.",
  );

const needsOptions = (value: { type: AttributeType; options: string[] }): boolean =>
  value.type !== "choice" || value.options.length > 0;
const optionsMissing = { path: ["options"], message: "Give the options to choose from, one a line." };

export const createAttributeInput = z
  .object({
    label,
    key: attributeKey,
    type: z.enum(attributeTypes),
    options: options.default([]),
    description: description.default(""),
  })
  .refine(needsOptions, optionsMissing);
export type CreateAttributeInput = z.input<typeof createAttributeInput>;

export const attributeIdInput = z.object({ attributeId: z.string() });

export const changeAttributeInput = z
  .object({ attributeId: z.string(), label, type: z.enum(attributeTypes), options, description })
  .refine(needsOptions, optionsMissing);
export type ChangeAttributeInput = z.input<typeof changeAttributeInput>;
