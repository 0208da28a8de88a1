import { Temporal } from "temporal-polyfill";
import type { Calendar, Shift } from "./schemas";

/** Instants in milliseconds since 1970 UTC. Half-open: `[from, to)`. */
export type Span = { from: number; to: number };

/** The furthest that any walk goes: a calendar that is open one hour a week still does 500 business hours in it. */
const MOST_DAYS = 10 * 366;
const FOREVER = Number.MAX_SAFE_INTEGER;

/**
 * The opening spans of a calendar, in order, merged where they touch, from the first that ends after `after`. The one
 * function behind "are we open now?", "how much business time was that?" and "when is it due?". Ends after ten years.
 * Local times follow Temporal's `compatible` rule: a time inside a gap moves forward, one that occurs twice is the first.
 */
export function* openSpans(calendar: Calendar, after: number): Generator<Span> {
  if (calendar.alwaysOpen) {
    yield { from: Number.MIN_SAFE_INTEGER, to: FOREVER };
    return;
  }
  // The day before: its last shift may run over midnight.
  const first = localDate(after, calendar.zone).subtract({ days: 1 });
  let open: Span | null = null;
  for (let day = 0; day < MOST_DAYS; day++) {
    for (const span of spansOn(calendar, first.add({ days: day }))) {
      if (span.to <= after) continue;
      if (open && span.from <= open.to) open.to = Math.max(open.to, span.to);
      else {
        if (open) yield open;
        open = { ...span };
      }
    }
    // A span that ended before this day began touches nothing of later days.
    if (open && open.to < startOf(first.add({ days: day + 1 }), 0, calendar.zone)) {
      yield open;
      open = null;
    }
  }
  if (open) yield open;
}

/** Whether the calendar is open at an instant. A closing time is closed. */
export function isOpen(calendar: Calendar, at: number): boolean {
  const next = openSpans(calendar, at).next().value;
  return next !== undefined && next.from <= at;
}

/** The first open instant at or after `at`; null when there is none in ten years. */
export function nextOpen(calendar: Calendar, at: number): number | null {
  const next = openSpans(calendar, at).next().value;
  return next === undefined ? null : Math.max(next.from, at);
}

/** Business milliseconds from `from` to `to`; 0 when `to` is not later. */
export function businessBetween(calendar: Calendar, from: number, to: number): number {
  let sum = 0;
  if (to <= from) return sum;
  for (const span of openSpans(calendar, from)) {
    if (span.from >= to) break;
    sum += Math.min(span.to, to) - Math.max(span.from, from);
  }
  return sum;
}

/**
 * The earliest instant by which `milliseconds` of business time have passed since `from`; `from` itself for 0 or less.
 * @throws Error when the calendar is not open so long within ten years; such a calendar is refused when it is saved
 */
export function addBusiness(calendar: Calendar, from: number, milliseconds: number): number {
  if (milliseconds <= 0) return from;
  let left = milliseconds;
  for (const span of openSpans(calendar, from)) {
    const begin = Math.max(span.from, from);
    if (span.to - begin >= left) return begin + left;
    left -= span.to - begin;
  }
  throw new Error("the calendar is not open that long within ten years");
}

/** The shifts of one local day as instants, in order. A dated exception replaces the weekday's own. */
function spansOn(calendar: Calendar, date: Temporal.PlainDate): Span[] {
  const text = date.toString();
  const exception = calendar.exceptions.find((one) => one.active && one.date === text);
  const shifts = exception ? exception.shifts : (calendar.week[date.dayOfWeek - 1] ?? []);
  return shifts
    .map((shift) => toSpan(shift, date, calendar.zone))
    .filter((span) => span.to > span.from)
    .toSorted((one, other) => one.from - other.from);
}

/** A shift that closes at or before its opening closes on the next day. */
function toSpan({ opens, closes }: Shift, date: Temporal.PlainDate, zone: string): Span {
  const overnight = closes <= opens;
  return {
    from: startOf(date, opens, zone),
    to: overnight ? startOf(date.add({ days: 1 }), closes, zone) : startOf(date, closes, zone),
  };
}

/** The instant of a local time, in minutes after midnight; 1440 is the next midnight. */
function startOf(date: Temporal.PlainDate, minutes: number, zone: string): number {
  const day = minutes === 1_440 ? date.add({ days: 1 }) : date;
  const time = minutes === 1_440 ? 0 : minutes;
  return day
    .toPlainDateTime({ hour: Math.floor(time / 60), minute: time % 60 })
    .toZonedDateTime(zone, { disambiguation: "compatible" }).epochMilliseconds;
}

const localDate = (at: number, zone: string): Temporal.PlainDate =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDate();
