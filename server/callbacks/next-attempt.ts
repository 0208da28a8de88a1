import { Temporal } from "temporal-polyfill";
import type { Outcome } from "./status";

/** A try that was made: when it began and what came of it. */
export type Tried = { at: number; outcome: Outcome };

/**
 * Legal hours for a call that the customer asked for in India, in minutes after local midnight (`delivery.md`): they spread the
 * tries over the day. Whether one may be made asks the number's country and the topic (`dial-window.ts`).
 */
type DialWindow = { opens: number; closes: number };
const requestedCallWindow: DialWindow = { opens: 540, closes: 1_260 };

type Circumstances = { zone: string; window?: DialWindow };

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const MOST_IN_ALL = 6;
const MOST_A_DAY = 3;
const BUSY_WAITS = [5 * MINUTE, 15 * MINUTE];
const UNANSWERED_WAITS = [HOUR, 3 * HOUR];

/**
 * When an unanswered request, `tried` so far (the oldest first), is tried again (`sla.md`): busy after 5 and 15 minutes;
 * otherwise after one hour, three hours, then on the next day in the other half of the window; never outside it, never more
 * than three times a day. Null when it was tried six times: then it expires. `beside`: vain tries of the same number for other
 * requests, of which a day has no more than three either.
 */
export function nextAttempt(
  tried: readonly Tried[],
  now: number,
  { zone, window = requestedCallWindow, beside = [] }: Circumstances & { beside?: readonly Tried[] },
): number | null {
  const last = tried.at(-1);
  if (!last) return inWindow(now, zone, window);
  if (tried.length >= MOST_IN_ALL) return null;
  const busy = trailing(tried, (outcome) => outcome === "busy");
  const wait = BUSY_WAITS[busy - 1];
  if (wait !== undefined)
    return onFreeDay([...tried, ...beside], inWindow(now + wait, zone, window), zone, window);
  const unanswered =
    tried.filter(({ outcome }) => outcome !== "busy").length + (busy > BUSY_WAITS.length ? 1 : 0);
  const later = UNANSWERED_WAITS[unanswered - 1];
  const at = later === undefined ? otherHalf(last.at, now, zone, window) : now + later;
  const spaced = Math.max(at, last.at + HOUR);
  return onFreeDay([...tried, ...beside], inWindow(spaced, zone, window), zone, window);
}

/**
 * Until when a number that did not answer rests for its other requests: an hour from the end of the last try, or until the
 * `next` try of the request itself where that comes sooner (a busy line); the next day once it was tried three times in one.
 * `tried`: all vain tries of the number.
 */
export function numberRests(
  tried: readonly Tried[],
  { next, ended }: { next: number | null; ended: number },
  { zone, window = requestedCallWindow }: Circumstances,
): number {
  const at = Math.min(next ?? Number.POSITIVE_INFINITY, ended + HOUR);
  return onFreeDay(tried, inWindow(at, zone, window), zone, window);
}

const trailing = (tried: readonly Tried[], is: (outcome: Outcome) => boolean): number =>
  tried.length - 1 - tried.findLastIndex(({ outcome }) => !is(outcome));

function inWindow(at: number, zone: string, window: DialWindow): number {
  const local = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
  const minutes = local.hour * 60 + local.minute;
  if (minutes >= window.opens && minutes < window.closes) return at;
  const day = minutes < window.opens ? local.toPlainDate() : local.toPlainDate().add({ days: 1 });
  return atMinutes(day, window.opens, zone);
}

/** The next day, in the half of the window in which the last try was not made. */
function otherHalf(lastAt: number, now: number, zone: string, window: DialWindow): number {
  const local = Temporal.Instant.fromEpochMilliseconds(lastAt).toZonedDateTimeISO(zone);
  const middle = Math.round((window.opens + window.closes) / 2);
  const early = local.hour * 60 + local.minute < middle;
  const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(zone).toPlainDate();
  return atMinutes(today.add({ days: 1 }), early ? middle : window.opens, zone);
}

/** Moves to the next opening while the local day has had its tries. */
function onFreeDay(tried: readonly Tried[], at: number, zone: string, window: DialWindow): number {
  const dayOf = (instant: number) =>
    Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone).toPlainDate();
  const day = dayOf(at);
  const used = tried.filter((one) => dayOf(one.at).equals(day)).length;
  return used < MOST_A_DAY ? at : atMinutes(day.add({ days: 1 }), window.opens, zone);
}

const atMinutes = (day: Temporal.PlainDate, minutes: number, zone: string): number =>
  day
    .toPlainDateTime({ hour: Math.floor(minutes / 60), minute: minutes % 60 })
    .toZonedDateTime(zone, { disambiguation: "compatible" }).epochMilliseconds;
