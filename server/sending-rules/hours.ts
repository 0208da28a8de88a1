import { Temporal } from "temporal-polyfill";
import { clockTime } from "./status";

/** Hours of contact from a day on, at the recipient's place. */
export type Hours = {
  validFrom: string;
  fromMinute: number;
  toMinute: number;
  /** ISO days of the week. */
  days: readonly number[];
};

export type Moment = { open: true } | { open: false; opensAt: Date | null };

/** The longest that the next opening is looked for. */
const MOST_DAYS = 370;

/**
 * Whether an instant lies inside the hours of a place, and when they open next. Half-open to the millisecond: the opening
 * minute is inside, the closing one is not. No hours at all: always open. A dated row counts from its day on, until a later
 * one. Local times inside a clock change follow Temporal's `compatible` rule.
 */
export function momentIn(hours: readonly Hours[], now: Date, zone: string): Moment {
  if (hours.length === 0) return { open: true };
  const today = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(zone).toPlainDate();
  for (let ahead = 0; ahead < MOST_DAYS; ahead++) {
    const date = today.add({ days: ahead });
    const rule = hoursOn(hours, date.toString());
    // A day before the first row has no rule, so nothing keeps anybody from it.
    const from = rule ? rule.fromMinute : 0;
    const to = rule ? rule.toMinute : 1_440;
    if (rule && !rule.days.includes(date.dayOfWeek)) continue;
    const opens = instantOf(date, from, zone);
    if (now.getTime() < opens) return { open: false, opensAt: new Date(opens) };
    if (now.getTime() < instantOf(date, to, zone)) return { open: true };
  }
  return { open: false, opensAt: null };
}

/** The row that counts on a local day: the latest that has begun. */
export const hoursOn = (hours: readonly Hours[], day: string): Hours | undefined =>
  hours
    .filter(({ validFrom }) => validFrom <= day)
    .toSorted((one, other) => (one.validFrom < other.validFrom ? 1 : -1))[0];

/** The instant at which it is a local time (`2026-12-01T10:30`) in a zone, by the same rule for clock changes. */
export const instantIn = (zone: string, local: string): Date =>
  new Date(Temporal.PlainDateTime.from(local).toZonedDateTime(zone).epochMilliseconds);

function instantOf(date: Temporal.PlainDate, minutes: number, zone: string): number {
  const day = minutes === 1_440 ? date.add({ days: 1 }) : date;
  const minute = minutes === 1_440 ? 0 : minutes;
  return day
    .toPlainDateTime({ hour: Math.floor(minute / 60), minute: minute % 60 })
    .toZonedDateTime(zone, { disambiguation: "compatible" }).epochMilliseconds;
}

/** The hours of a day at a place, as a person reads them; for the ledger, so without anything personal. */
export function hoursWords(of: { hours: readonly Hours[]; now: Date; zone: string; place: string }): string {
  const local = Temporal.Instant.fromEpochMilliseconds(of.now.getTime()).toZonedDateTimeISO(of.zone);
  const rule = hoursOn(of.hours, local.toPlainDate().toString());
  const time = local.toPlainTime().toString({ smallestUnit: "minute" });
  const where = `it is ${time} there (${of.zone})`;
  if (!rule) return `no hours apply yet in ${of.place}; ${where}`;
  const days = rule.days.length < 7 ? " on some days of the week" : "";
  return `${clockTime(rule.fromMinute)} to ${clockTime(rule.toMinute)}${days} in ${of.place}; ${where}`;
}

const zones = new Map<string, boolean>();

/** Whether a text names a time zone that exists. */
export function isZone(zone: string): boolean {
  const known = zones.get(zone);
  if (known !== undefined) return known;
  let exists = true;
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone);
  } catch {
    exists = false;
  }
  // Customers' zones come from files: not every mistake in one is remembered.
  if (zones.size < 1_000) zones.set(zone, exists);
  return exists;
}
