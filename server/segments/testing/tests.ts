import type { Test } from "../rule/model";

const DAY = 86_400_000;

/** The calendar day on which an instant falls in a zone. */
export const localDay = (instant: string, zone: string): string =>
  new Intl.DateTimeFormat("en-CA", {
    timeZone: zone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  }).format(new Date(instant));

const leap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

/** Whether a birthday is kept on a day: 29 February on the 28th of years that have none. */
function keptOn(birth: string, day: string): boolean {
  const mine = birth.slice(5);
  if (mine === "02-29" && !leap(Number(day.slice(0, 4)))) return day.slice(5) === "02-28";
  return mine === day.slice(5);
}

const dayAfter = (day: string, count: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + count * DAY).toISOString().slice(0, 10);

/** A test of a day that is known. Days of other calendars ("2026-02-31") only have an order. */
export function dateTest(day: string, { op, value }: Test, today: string): boolean {
  const count = Number(value);
  const [first, last] = Array.isArray(value) ? (value as string[]) : ["", ""];
  const month = (offset: number) => {
    const [year = 0, now = 0] = today.split("-").map(Number);
    const index = year * 12 + now - 1 + offset;
    return `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, "0")}`;
  };
  switch (op) {
    case "next_days":
      return day >= today && day <= dayAfter(today, count);
    case "last_days":
      return day <= today && day >= dayAfter(today, -count);
    case "in_days":
      return day === dayAfter(today, count);
    case "days_ago":
      return day === dayAfter(today, -count);
    case "after_days":
      return day > dayAfter(today, count);
    case "before_days":
      return day < dayAfter(today, -count);
    case "this_month":
      return day.slice(0, 7) === month(0);
    case "next_month":
      return day.slice(0, 7) === month(1);
    case "on":
      return day === value;
    case "before":
      return day < String(value);
    case "after":
      return day > String(value);
    case "between_days":
      return day >= String(first) && day <= String(last);
    case "birthday_today":
      return keptOn(day, today);
    case "birthday_next":
      return Array.from({ length: count + 1 }, (_, ahead) => dayAfter(today, ahead)).some((each) =>
        keptOn(day, each),
      );
    case "birthday_in":
      return keptOn(day, dayAfter(today, count));
    case "birthday_month":
      return day.slice(5, 7) === today.slice(5, 7);
    case "birthday_months":
      return (value as number[]).includes(Number(day.slice(5, 7)));
    default:
      throw new Error(`no date operator ${op} in memory`);
  }
}

type Value = string | number | boolean | null;

/** A test of one value; a value that is not there passes only the tests that say "not". */
export function valueTest(type: string, value: Value, test: Test, today: string): boolean {
  const { op } = test;
  if (op === "known") return value !== null;
  if (op === "blank") return value === null;
  if (type === "date") return value !== null && dateTest(String(value), test, today);
  if (type === "boolean") return value === (op === "yes");
  if (type === "number") return numberTest(value === null ? null : Number(value), test);
  return textTest(value === null ? null : String(value), test, type === "choice");
}

function numberTest(number: number | null, { op, value }: Test): boolean {
  if (op === "ne") return number !== value;
  if (number === null) return false;
  const [least, most] = Array.isArray(value) ? (value as number[]) : [0, 0];
  const other = Number(value);
  switch (op) {
    case "eq":
      return number === other;
    case "gt":
      return number > other;
    case "gte":
      return number >= other;
    case "lt":
      return number < other;
    case "lte":
      return number <= other;
    case "between":
      return number >= Number(least) && number <= Number(most);
    default:
      throw new Error(`no number operator ${op} in memory`);
  }
}

function textTest(text: string | null, { op, value }: Test, exact: boolean): boolean {
  const low = (each: unknown): string => (exact ? String(each) : String(each).toLowerCase());
  const mine = text === null ? null : low(text);
  const listed = Array.isArray(value) && value.map(low).some((each) => each === mine);
  switch (op) {
    case "is":
      return mine === low(value);
    case "is_not":
      return mine !== low(value);
    case "one_of":
      return listed;
    case "none_of":
      return !listed;
    case "contains":
      return mine?.includes(low(value)) ?? false;
    case "not_contains":
      return !(mine?.includes(low(value)) ?? false);
    case "starts_with":
      return mine?.startsWith(low(value)) ?? false;
    case "ends_with":
      return mine?.endsWith(low(value)) ?? false;
    default:
      throw new Error(`no text operator ${op} in memory`);
  }
}
