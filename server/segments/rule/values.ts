import { isDay } from "./days";

/** What stands beside an operator: the shape of its value, and so the control that asks for it. */
export type ValueOf = {
  none: undefined;
  text: string;
  texts: string[];
  number: number;
  numbers: [number, number];
  day: string;
  days: [string, string];
  count: number;
  months: number[];
};
export type ValueKind = keyof ValueOf;

export const limits = { text: 200, texts: 100, days: 3_660, number: 1e12 } as const;

const isText = (value: unknown): value is string =>
  typeof value === "string" && value.trim() !== "" && value.length <= limits.text && !value.includes("\0");

const isNumber = (value: unknown): value is number =>
  typeof value === "number" && Number.isFinite(value) && Math.abs(value) <= limits.number;

const pair = (value: unknown): [unknown, unknown] =>
  Array.isArray(value) && value.length === 2 ? [value[0], value[1]] : [undefined, undefined];

/** What is wrong with a value of a kind, in words for the field; null when nothing is. */
export const valueProblems: Record<ValueKind, (value: unknown) => string | null> = {
  none: () => null,
  text: (value) =>
    isText(value) ? null : value ? `Keep it under ${limits.text} characters.` : "Type what to look for.",
  texts: (value) => {
    if (!Array.isArray(value) || value.length === 0) return "Choose at least one.";
    if (value.length > limits.texts) return `Choose at most ${limits.texts}.`;
    return value.every(isText) ? null : `Keep each under ${limits.text} characters.`;
  },
  number: (value) =>
    isNumber(value) ? null : typeof value === "number" ? "Give a smaller number." : "Give a number.",
  numbers: (value) => {
    const [least, most] = pair(value);
    if (!isNumber(least) || !isNumber(most)) return "Give both numbers.";
    return least <= most ? null : "Put the smaller number first.";
  },
  day: (value) => (isDay(value) ? null : "Give a date."),
  days: (value) => {
    const [first, last] = pair(value);
    if (!isDay(first) || !isDay(last)) return "Give both dates.";
    return first <= last ? null : "Put the earlier date first.";
  },
  count: (value) =>
    Number.isInteger(value) && Number(value) >= 0 && Number(value) <= limits.days
      ? null
      : `Give a number of days from 0 to ${limits.days}.`,
  months: (value) => {
    if (!Array.isArray(value) || value.length === 0) return "Choose at least one month.";
    const good = value.every((month) => Number.isInteger(month) && month >= 1 && month <= 12);
    return good && value.length <= 12 ? null : "Choose months from January to December.";
  },
};
