import { addDays } from "@/server/platform/days";

export { addDays };

/** A calendar day, `YYYY-MM-DD`. */
export type Day = string;

const at = (day: Day): number => Date.parse(`${day}T00:00:00Z`);
const dayOf = (ms: number): Day => new Date(ms).toISOString().slice(0, 10);

/** True for a day that the calendar has, from 1000 to 9999. */
export function isDay(value: unknown): value is Day {
  if (typeof value !== "string" || !/^[1-9]\d{3}-\d{2}-\d{2}$/.test(value)) return false;
  const ms = at(value);
  return !Number.isNaN(ms) && dayOf(ms) === value;
}

/** The first day of the month that is `months` away from the day's own. */
export function startOfMonth(day: Day, months = 0): Day {
  const [year = 0, month = 1] = day.split("-").map(Number);
  return dayOf(Date.UTC(year, month - 1 + months, 1));
}

/** Month and day as one number: 229 is 29 February. */
const codeOf = (day: Day): number => Number(day.slice(5, 7)) * 100 + Number(day.slice(8, 10));

/**
 * Codes of the birthdays that are kept on a day. Who was born on 29 February keeps it on 28 February in years without
 * one, so that the greeting comes in the month of birth.
 */
export function birthdaysOn(day: Day): number[] {
  const code = codeOf(day);
  return code === 228 && codeOf(addDays(day, 1)) === 301 ? [228, 229] : [code];
}

/** Codes of the birthdays that are kept on any of `count` days from `first` on, each once. */
export function birthdaysWithin(first: Day, count: number): number[] {
  const days = Array.from({ length: Math.min(count, 366) }, (_, index) => addDays(first, index));
  return [...new Set(days.flatMap(birthdaysOn))];
}
