import { Temporal } from "temporal-polyfill";
import type { Schedule } from "./schemas";

/** One time at which a campaign launches: `key` is its local time, `at` the first instant at which that is the time anywhere asked. */
export type Slot = { key: string; at: Date };

export type Asked = {
  /** The workspace's zone. */
  zone: string;
  /** Zones of the audience, where each customer's own clock counts. */
  zones: readonly string[];
  /** The campaign's period, days of the workspace; null: open. */
  startsOn: string | null;
  endsOn: string | null;
  /** Only slots behind this one, whatever the instant: a zone that moved west would bring it a second time. */
  past?: string | undefined;
};

/** The longest that the next time is looked for, in days. */
const MOST_DAYS = 750;

/**
 * The times of a schedule after an instant, in order, at most `most`. A local time that a clock change skips or repeats
 * follows Temporal's `compatible` rule. `now` and `automated` have none. How many runs a recurring campaign may have is the caller's to count.
 */
export function slotsAfter(
  schedule: Schedule,
  after: Date,
  { most, ...asked }: Asked & { most: number },
): Slot[] {
  if (schedule.kind === "now" || schedule.kind === "automated") return [];
  if (schedule.kind === "later") {
    const slot = slotOn(Temporal.PlainDate.from(schedule.day), schedule, asked);
    return slot.at > after ? [slot] : [];
  }
  const today = Temporal.Instant.fromEpochMilliseconds(after.getTime())
    .toZonedDateTimeISO(asked.zone)
    .toPlainDate();
  // A day early: where each customer's own clock counts, the first may be ahead of the workspace.
  const first = latest([today.subtract({ days: 1 }).toString(), schedule.from, asked.startsOn]);
  const last = earliest([schedule.until, asked.endsOn]);
  const slots: Slot[] = [];
  for (let ahead = 0; ahead < MOST_DAYS && slots.length < most; ahead++) {
    const date = Temporal.PlainDate.from(first).add({ days: ahead });
    if (last !== null && date.toString() > last) break;
    if (!meant(schedule, date)) continue;
    const slot = slotOn(date, schedule, asked);
    if (slot.at > after && (asked.past === undefined || slot.key > asked.past)) slots.push(slot);
  }
  return slots;
}

type Recurring = Extract<Schedule, { kind: "recurring" }>;

function meant({ every, weekdays, monthDay }: Recurring, date: Temporal.PlainDate): boolean {
  if (every === "week") return weekdays.includes(date.dayOfWeek);
  if (every === "month") return date.day === Math.min(monthDay, date.daysInMonth);
  return true;
}

function slotOn(
  date: Temporal.PlainDate,
  { time, clock }: { time: string; clock: "workspace" | "recipient" },
  { zone, zones }: Pick<Asked, "zone" | "zones">,
): Slot {
  const local = date.toPlainDateTime(Temporal.PlainTime.from(time));
  const on = clock === "workspace" || zones.length === 0 ? [zone] : zones;
  return {
    key: local.toString({ smallestUnit: "minute" }),
    at: new Date(Math.min(...on.map((each) => local.toZonedDateTime(each).epochMilliseconds))),
  };
}

const latest = (days: (string | null)[]): string =>
  days.reduce<string>((a, b) => (b !== null && b > a ? b : a), "");

const earliest = (days: (string | null)[]): string | null =>
  days.reduce((a, b) => (a === null || (b !== null && b < a) ? b : a), null);
