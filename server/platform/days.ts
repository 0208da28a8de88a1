/** Calendar days as `YYYY-MM-DD`: pure, safe in the browser, and never an instant. Days compare as text. */

const DAY_MS = 86_400_000;

const instantOf = (day: string): Date => new Date(`${day}T00:00:00Z`);
const dayOf = (instant: number): string => new Date(instant).toISOString().slice(0, 10);

/** The day that many days later (earlier when negative). */
export const addDays = (day: string, days: number): string => dayOf(instantOf(day).getTime() + days * DAY_MS);

/** The day that many months later; where the month has no such day, its last: 31 Jan → 28 Feb, 29 Feb → 28 Feb. */
export function addMonths(day: string, months: number): string {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return dayOf(Date.UTC(year, month - 1 + months, Math.min(date, last)));
}

/** Whole days from one day to another; negative when the other is earlier. */
export const daysBetween = (from: string, to: string): number =>
  Math.round((instantOf(to).getTime() - instantOf(from).getTime()) / DAY_MS);

/** The calendar day that an instant falls on in a zone: a day begins at the zone's midnight. */
export function dayIn(zone: string, instant: Date): string {
  const parts = new Intl.DateTimeFormat("en-GB", {
    timeZone: zone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  }).formatToParts(instant);
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((each) => each.type === type)?.value ?? "";
  return `${part("year").padStart(4, "0")}-${part("month")}-${part("day")}`;
}

const months = "jan feb mar apr may jun jul aug sep oct nov dec".split(" ");

/**
 * A calendar day from what people write: 1980-12-31, 31/12/1980, 31-12-1980, 31.12.1980 (day before month, as in India)
 * or 31 Dec 1980. Null when it is none, or does not exist.
 */
export function parseDay(text: string): string | null {
  const iso = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?$/.exec(text);
  if (iso) return existing(iso[1], iso[2], iso[3]);
  const local = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})$/.exec(text);
  if (local) return existing(local[3], local[2], local[1]);
  const named = /^(\d{1,2})[-\s]([a-z]{3})[a-z]*[-\s,]+(\d{4})$/i.exec(text);
  const month = months.indexOf((named?.[2] ?? "").toLowerCase()) + 1;
  return named && month > 0 ? existing(named[3], String(month), named[1]) : null;
}

function existing(year = "", month = "", date = ""): string | null {
  const text = `${year}-${month.padStart(2, "0")}-${date.padStart(2, "0")}`;
  const at = instantOf(text);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text) ? text : null;
}
