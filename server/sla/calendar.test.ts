import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { describe, expect, test } from "vitest";
import { addBusiness, businessBetween, isOpen, nextOpen, openSpans } from "./calendar";
import { type Calendar, calendarSchema, type Shift } from "./schemas";
import { always, calendarOf, holiday } from "./testing/calendars";

const at = (local: string, zone: string): number =>
  Temporal.PlainDateTime.from(local).toZonedDateTime(zone).epochMilliseconds;
const utc = (instant: string): number => Temporal.Instant.from(instant).epochMilliseconds;
const HOUR = 3_600_000;
const MINUTE = 60_000;

const newYork = "America/New_York";
const india = calendarOf("Asia/Kolkata", 6, "09:30-13", "14-18:30");
const night = calendarOf(newYork, 7, "22-24", "00-06");

describe("the due times of sla.md", () => {
  test.each([
    ["over a weekend", calendarOf(newYork, 5, "09-17"), "2026-01-30T16:30", HOUR, "2026-02-02T14:30Z"],
    ["24×7 over a lost hour", always(newYork), "2026-03-07T12:00", 24 * HOUR, "2026-03-08T17:00Z"],
    ["24×7 over a repeated hour", always(newYork), "2026-10-31T12:00", 24 * HOUR, "2026-11-01T16:00Z"],
    [
      "into daylight time",
      calendarOf(newYork, 5, "09-17"),
      "2026-03-06T16:00",
      2 * HOUR,
      "2026-03-09T14:00Z",
    ],
    ["at night over a lost hour", night, "2026-03-07T23:00", 4 * HOUR, "2026-03-08T08:00Z"],
    ["over a lunch break", india, "2026-08-17T12:30", 2 * HOUR, "2026-08-17T10:00Z"],
    ["from within a break", india, "2026-08-17T13:30", 15 * MINUTE, "2026-08-17T08:45Z"],
    [
      "over a holiday and a Sunday",
      holiday(india, "2026-08-15"),
      "2026-08-14T18:00",
      2 * HOUR,
      "2026-08-17T05:30Z",
    ],
    ["from the second it closes", india, "2026-08-17T18:30", 1_000, "2026-08-18T04:00:01Z"],
    [
      "keeps the seconds of each day",
      calendarOf("Asia/Kolkata", 7, "10-17"),
      "2026-08-17T16:30:30",
      HOUR,
      "2026-08-18T05:00:30Z",
    ],
  ])("%s", (_name, calendar, start, budget, due) => {
    expect(addBusiness(calendar, at(start, calendar.zone), budget)).toBe(utc(due));
  });
});

test("a calendar is open from the opening and closed from the closing, to the millisecond", () => {
  const opens = at("2026-08-17T09:30", "Asia/Kolkata");
  const closes = at("2026-08-17T13:00", "Asia/Kolkata");
  expect([opens - 1, opens, closes - 1, closes].map((time) => isOpen(india, time))).toEqual([
    false,
    true,
    true,
    false,
  ]);
  expect(nextOpen(india, closes)).toBe(at("2026-08-17T14:00", "Asia/Kolkata"));
});

test("a holiday lasts to its last millisecond, a half-day replaces the day, an inactive one does nothing", () => {
  const closed = holiday(always("Asia/Kolkata"), "2026-08-15");
  const everyDay = holiday(calendarOf("Asia/Kolkata", 7, "00-24"), "2026-08-15");
  const midnight = at("2026-08-16T00:00", "Asia/Kolkata");
  expect(isOpen(everyDay, midnight - 1)).toBe(false);
  expect(isOpen(everyDay, midnight)).toBe(true);
  expect(isOpen(closed, midnight - 1)).toBe(true);
  const half = holiday(india, "2026-08-14", "09:30-12");
  expect(businessBetween(half, at("2026-08-14T00:00", "Asia/Kolkata"), midnight)).toBe(2.5 * HOUR + 8 * HOUR);
  const idle = { ...everyDay, exceptions: everyDay.exceptions.map((one) => ({ ...one, active: false })) };
  expect(isOpen(idle, midnight - 1)).toBe(true);
});

test("an opening inside a lost hour moves forward, one in a repeated hour is the first", () => {
  const early = calendarOf(newYork, 7, "02:30-05");
  const [lost] = openSpans(early, at("2026-03-08T00:00", newYork));
  expect(lost?.from).toBe(utc("2026-03-08T07:30Z"));
  const [twice] = openSpans(calendarOf(newYork, 7, "01:30-05"), at("2026-11-01T00:00", newYork));
  expect(twice?.from).toBe(utc("2026-11-01T05:30Z"));
});

test("a calendar that is never open is refused with a sentence, and a walk over one ends", () => {
  const never = { ...india, week: [[], [], [], [], [], [], []] };
  expect(calendarSchema.safeParse(never).error?.issues[0]?.message).toMatch(/never open/);
  expect(() => addBusiness(never, utc("2026-01-01T00:00Z"), 1)).toThrow(/ten years/);
  expect(nextOpen(never, utc("2026-01-01T00:00Z"))).toBeNull();
});

const zones = ["Asia/Kolkata", "Asia/Kathmandu", "America/New_York", "Europe/London", "Australia/Lord_Howe"];
const shifts = fc
  .uniqueArray(fc.integer({ min: 0, max: 47 }), { minLength: 2, maxLength: 6 })
  .map((cuts) => cuts.toSorted((one, other) => one - other))
  .map((cuts) =>
    Array.from({ length: Math.floor(cuts.length / 2) }, (_, index) => ({
      opens: (cuts[index * 2] ?? 0) * 30,
      closes: (cuts[index * 2 + 1] ?? 1) * 30,
    })),
  );
const overnight: Shift[] = [{ opens: 1_320, closes: 360 }];
const anyDay = fc.oneof(shifts, fc.constant<Shift[]>([]), fc.constant(overnight));
const exceptions: Calendar["exceptions"][] = [
  [],
  [{ date: "2027-12-31", name: "Year end", shifts: [], active: true }],
  [{ date: "2028-02-29", name: "Leap day", shifts: [{ opens: 600, closes: 720 }], active: true }],
];
const anyCalendar: fc.Arbitrary<Calendar> = fc.record({
  zone: fc.constantFrom(...zones),
  alwaysOpen: fc.constant(false),
  week: fc
    .tuple(shifts, fc.array(anyDay, { minLength: 6, maxLength: 6 }))
    .map(([first, rest]) => [first, ...rest]),
  exceptions: fc.constantFrom(...exceptions),
});
// Around a year end, a leap day, and both changes of the clocks on both halves of the world.
const anyInstant = fc
  .tuple(
    fc.constantFrom(
      "2027-12-31",
      "2028-02-28",
      "2026-03-07",
      "2026-10-31",
      "2026-03-28",
      "2026-10-24",
      "2026-04-04",
    ),
    fc.integer({ min: 0, max: 4 * 86_400 }),
  )
  .map(([day, seconds]) => utc(`${day}T00:00Z`) + seconds * 1_000);
const anySpan = fc.oneof(
  fc.integer({ min: 0, max: 200 * 3_600 }),
  fc.integer({ min: 0, max: 2_000 * 3_600 }),
);

describe("for any calendar", () => {
  test("business time adds up over any point between", () => {
    fc.assert(
      fc.property(anyCalendar, anyInstant, anySpan, anySpan, (calendar, a, first, second) => {
        const b = a + first * 1_000;
        const c = b + second * 1_000;
        expect(businessBetween(calendar, a, c)).toBe(
          businessBetween(calendar, a, b) + businessBetween(calendar, b, c),
        );
      }),
      { numRuns: 150 },
    );
  });

  test("the due time is the earliest instant by which exactly the budget has passed", () => {
    fc.assert(
      fc.property(
        anyCalendar,
        anyInstant,
        fc.integer({ min: 1, max: 300 * 3_600 }),
        (calendar, start, seconds) => {
          const due = addBusiness(calendar, start, seconds * 1_000);
          expect(businessBetween(calendar, start, due)).toBe(seconds * 1_000);
          expect(businessBetween(calendar, start, due - 1)).toBe(seconds * 1_000 - 1);
        },
      ),
      { numRuns: 150 },
    );
  });

  test("being open is having time pass", () => {
    fc.assert(
      fc.property(anyCalendar, anyInstant, (calendar, time) => {
        expect(isOpen(calendar, time)).toBe(businessBetween(calendar, time, time + 1) === 1);
      }),
      { numRuns: 200 },
    );
  });
});

test("a span of more than a year is walked", () => {
  const due = addBusiness(india, at("2026-08-17T09:30", "Asia/Kolkata"), 3_000 * HOUR);
  expect(new Date(due).getUTCFullYear()).toBe(2027);
  expect(businessBetween(india, at("2026-08-17T09:30", "Asia/Kolkata"), due)).toBe(3_000 * HOUR);
});
