import { oneLine } from "./clean";
import { filters as all, type TypedValue } from "./schemas";

/** How values are written in the language of a body. */
export type Writing = { locale: string; currency: string };

/** Makes another text of a value; never sees a value that is not there. */
export type Filter = (value: TypedValue, writing: Writing) => TypedValue;

type Argument = string | number | undefined;
type Found = { name: "default"; words: string } | { name: "other"; filter: Filter };

/** The filter of this name with its arguments, or why there is none, in words. */
export function filterOf(name: string, given: Argument[]): Found | string {
  const [first, second] = given;
  const other = (filter: Filter): Found => ({ name: "other", filter });
  switch (name) {
    case "default":
      return typeof first === "string"
        ? { name: "default", words: oneLine(first) }
        : 'write what to say instead in quotation marks, as in default: "there".';
    case "upcase":
      return other((value, { locale }) => words(value.text.toLocaleUpperCase(locale)));
    case "downcase":
      return other((value, { locale }) => words(value.text.toLocaleLowerCase(locale)));
    case "capitalize":
      return other((value, { locale }) => {
        const [head = "", ...rest] = [...value.text];
        return words(head.toLocaleUpperCase(locale) + rest.join("").toLocaleLowerCase(locale));
      });
    case "truncate": {
      if (typeof first !== "number" || !Number.isInteger(first) || first < 1 || first > 500)
        return "say how many characters, as in truncate: 20.";
      const end = typeof second === "string" ? oneLine(second) : "...";
      return other((value) => words(shorten(value.text, first, end)));
    }
    case "date":
      return typeof first === "string" && first.trim() !== "" && first.length <= 60
        ? other((value, writing) => words(writeDate(value, first, writing)))
        : 'say how to write it, as in date: "%d %B %Y".';
    case "money":
      return other((value, writing) => words(writeMoney(value, writing)));
    default:
      return `there is no filter “${name}”. There are ${all.map((each) => each.name).join(", ")}.`;
  }
}

const words = (text: string): TypedValue => ({ text, raw: text });

function shorten(text: string, most: number, end: string): string {
  const characters = [...text];
  if (characters.length <= most) return text;
  return characters.slice(0, Math.max(0, most - [...end].length)).join("") + end;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** A day by the codes of strftime that make sense for one; other values stay as they are. */
function writeDate(value: TypedValue, pattern: string, { locale }: Writing): string {
  if (typeof value.raw !== "string" || !DAY.test(value.raw)) return value.text;
  const day = new Date(`${value.raw}T00:00:00Z`);
  const part = (options: Intl.DateTimeFormatOptions): string =>
    new Intl.DateTimeFormat(locale, { ...options, timeZone: "UTC" }).format(day);
  const codes = new Map([
    ["d", value.raw.slice(8)],
    ["e", String(day.getUTCDate())],
    ["m", value.raw.slice(5, 7)],
    ["b", part({ month: "short" })],
    ["B", part({ month: "long" })],
    ["a", part({ weekday: "short" })],
    ["A", part({ weekday: "long" })],
    ["y", value.raw.slice(2, 4)],
    ["Y", value.raw.slice(0, 4)],
    ["%", "%"],
  ]);
  return pattern.replace(/%([a-zA-Z%])/g, (written, code: string) => codes.get(code) ?? written);
}

function writeMoney({ raw, text }: TypedValue, { locale, currency }: Writing): string {
  const amount = typeof raw === "number" ? raw : /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  if (!Number.isFinite(amount)) return text;
  const digits = Number.isInteger(amount) ? 0 : 2;
  return new Intl.NumberFormat(locale, {
    style: "currency",
    currency,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(amount);
}
