import { parseDay } from "@/server/platform/days";
import { serialDay } from "./workbook/cell-text";

/** How a file writes 03/04/2026. India writes the day first; some exports do not. */
export const dateOrders = ["day_first", "month_first"] as const;
export type DateOrder = (typeof dateOrders)[number];

/** Where two digits of a year belong: births and payments lie behind us, due dates may lie ahead. */
export type Era = "past" | "any";

const months = "jan feb mar apr may jun jul aug sep oct nov dec".split(" ");

/**
 * A calendar day of a file as `YYYY-MM-DD`: 31/03/2026, 31-3-26, 2026-03-31, 31-Mar-26, 31 March 2026, 20260331, with or
 * without a time behind it, or Excel's serial number (five digits). Null when it is none, or does not exist.
 *
 * @param today the day in the workspace's zone; decides what "26" means for what lies in the past
 */
export function readDay(text: string, how: { order: DateOrder; era: Era; today: string }): string | null {
  const day = text
    .replace(/^'/, "")
    .replace(/[T ]\d{1,2}:\d{2}(:\d{2})?(\.\d+)?( ?[ap]m)?( ?(z|[+-]\d{2}:?\d{2}))?$/i, "")
    .trim();
  if (/^\d{5}(\.\d+)?$/.test(day)) return serialDay(Number(day));
  const compact = /^(\d{4})(\d{2})(\d{2})$/.exec(day);
  if (compact) return checked(compact[1], compact[2], compact[3]);
  const numbers = /^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})$/.exec(day);
  if (numbers) {
    const [, one = "", two = "", year = ""] = numbers;
    const [date, month] = how.order === "day_first" ? [one, two] : [two, one];
    return checked(wholeYear(year, how), month, date);
  }
  const named = /^(\d{1,2})(?:st|nd|rd|th)?[-/. ,]*([a-z]{3})[a-z]*[-/. ,']*(\d{4}|\d{2})$/i.exec(day);
  if (named) return checked(wholeYear(named[3] ?? "", how), monthNumber(named[2]), named[1]);
  const english = /^([a-z]{3})[a-z]*[-/. ]*(\d{1,2})(?:st|nd|rd|th)?[-/. ,]+(\d{4})$/i.exec(day);
  if (english) return checked(english[3], monthNumber(english[1]), english[2]);
  return parseDay(day);
}

const monthNumber = (name = ""): string => String(months.indexOf(name.toLowerCase()) + 1);

function wholeYear(year: string, { era, today }: { era: Era; today: string }): string {
  if (year.length === 4) return year;
  const short = Number(year);
  // A due date of "79" is 2079, one of "80" was 1980; a birth of "79" was 1979 until 2079 comes.
  const inThisCentury = era === "past" ? short <= Number(today.slice(2, 4)) : short < 80;
  return String((inThisCentury ? 2000 : 1900) + short);
}

const checked = (year = "", month = "", date = ""): string | null => parseDay(`${year}-${month}-${date}`);

/** True when the values can only be month first: a second part above 12, and never a first one. */
export function looksMonthFirst(values: string[]): boolean {
  let second = 0;
  for (const value of values) {
    const [, one = "", two = ""] =
      /^(\d{1,2})[-/.](\d{1,2})[-/.](?:\d{4}|\d{2})(?:\D|$)/.exec(value.trim()) ?? [];
    if (Number(one) > 12) return false;
    if (Number(two) > 12) second++;
  }
  return second > 0;
}
