import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { slotsAfter } from "./schedule-dates";
import type { Schedule } from "./schemas";
import { daily } from "./testing/arrange";

const kolkata = { zone: "Asia/Kolkata", zones: [], startsOn: null, endsOn: null };
const after = new Date("2026-11-26T15:00:00+05:30");

const keys = (schedule: Schedule, asked = {}) =>
  slotsAfter(schedule, after, { ...kolkata, most: 5, ...asked }).map(({ key }) => key);

describe("the times of a schedule", () => {
  test("a day's time that has passed is tomorrow's; one that is still ahead is today's", () => {
    expect(keys(daily({}))[0]).toBe("2026-11-27T10:30");
    expect(keys(daily({ time: "15:01" }))[0]).toBe("2026-11-26T15:01");
    expect(keys(daily({ time: "15:00" }))[0]).toBe("2026-11-27T15:00");
  });

  test("weeks take the days that were chosen, months their last day where they are shorter", () => {
    expect(keys(daily({ every: "week", weekdays: [1, 4] }))).toEqual([
      "2026-11-30T10:30",
      "2026-12-03T10:30",
      "2026-12-07T10:30",
      "2026-12-10T10:30",
      "2026-12-14T10:30",
    ]);
    expect(keys(daily({ every: "month", monthDay: 31 }))).toEqual([
      "2026-11-30T10:30",
      "2026-12-31T10:30",
      "2027-01-31T10:30",
      "2027-02-28T10:30",
      "2027-03-31T10:30",
    ]);
  });

  test("they stop at the last day, the rule's own or the period's", () => {
    expect(keys(daily({ until: "2026-11-28" }))).toEqual(["2026-11-27T10:30", "2026-11-28T10:30"]);
    expect(keys(daily({}), { endsOn: "2026-11-27" })).toEqual(["2026-11-27T10:30"]);
    expect(keys(daily({ from: "2026-12-24" }))[0]).toBe("2026-12-24T10:30");
    expect(keys(daily({ every: "week" }))).toEqual([]);
  });

  test("a customer's own clock begins where it is that time first", () => {
    const [slot] = slotsAfter(daily({ clock: "recipient" }), after, {
      ...kolkata,
      zones: ["Asia/Kolkata", "Asia/Tokyo", "America/New_York"],
      most: 1,
    });
    expect(slot?.key).toBe("2026-11-27T10:30");
    expect(slot?.at.toISOString()).toBe("2026-11-27T01:30:00.000Z");
  });

  test("a local time that a clock change skips or repeats is one instant", () => {
    const berlin = { ...kolkata, zone: "Europe/Berlin", most: 2 };
    const spring = slotsAfter(daily({ time: "02:30" }), new Date("2027-03-27T12:00:00Z"), berlin);
    expect(spring.map(({ at }) => at.toISOString())).toEqual([
      "2027-03-28T01:30:00.000Z",
      "2027-03-29T00:30:00.000Z",
    ]);
    const autumn = slotsAfter(daily({ time: "02:30" }), new Date("2026-10-24T12:00:00Z"), berlin);
    expect(autumn.map(({ key }) => key)).toEqual(["2026-10-25T02:30", "2026-10-26T02:30"]);
  });

  test("every slot lies after the instant, in order, once, on a day that the rule means", () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date("2026-01-01"), max: new Date("2030-01-01"), noInvalidDate: true }),
        fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
        fc.constantFrom("Asia/Kolkata", "America/New_York", "Pacific/Chatham", "UTC"),
        (from, weekdays, zone) => {
          const found = slotsAfter(daily({ every: "week", weekdays }), from, { ...kolkata, zone, most: 8 });
          expect(found).toHaveLength(8);
          for (const [nth, { key, at }] of found.entries()) {
            expect(at.getTime()).toBeGreaterThan((found[nth - 1]?.at ?? from).getTime());
            const day = new Date(`${key.slice(0, 10)}T00:00:00Z`).getUTCDay();
            expect(weekdays).toContain(day === 0 ? 7 : day);
          }
        },
      ),
    );
  });
});
