import { describe, expect, test } from "vitest";
import { addDays, addMonths, dayIn, daysBetween, parseDay } from "./days";

test.each([
  ["2028-02-28", 1, "2028-02-29"],
  ["2027-02-28", 1, "2027-03-01"],
  ["2026-01-01", -1, "2025-12-31"],
])("%s and %i days is %s", (day, days, expected) => expect(addDays(day, days)).toBe(expected));

test.each([
  ["2028-02-29", 12, "2029-02-28"],
  ["2028-02-29", 48, "2032-02-29"],
  ["2026-01-31", 1, "2026-02-28"],
  ["2026-11-30", 3, "2027-02-28"],
  ["2026-03-31", -1, "2026-02-28"],
])("%s and %i months is %s", (day, months, expected) => expect(addMonths(day, months)).toBe(expected));

test("days between two days, over a leap day", () => {
  expect(daysBetween("2028-02-28", "2028-03-01")).toBe(2);
  expect(daysBetween("2028-03-01", "2028-02-28")).toBe(-2);
});

describe("a day begins at the midnight of the zone", () => {
  test.each([
    ["Asia/Kolkata", "2026-11-24T18:29:59.999Z", "2026-11-24"],
    ["Asia/Kolkata", "2026-11-24T18:30:00.000Z", "2026-11-25"],
    ["Asia/Kathmandu", "2026-11-24T18:15:00.000Z", "2026-11-25"],
    ["America/New_York", "2026-11-25T04:59:59.999Z", "2026-11-24"],
    ["UTC", "2028-02-29T23:59:59.999Z", "2028-02-29"],
  ])("%s %s", (zone, instant, day) => expect(dayIn(zone, new Date(instant))).toBe(day));
});

test.each([
  ["2026-02-28", "2026-02-28"],
  ["31/12/1980", "1980-12-31"],
  ["1.2.2026", "2026-02-01"],
  ["31 Dec 1980", "1980-12-31"],
  ["2026-02-28T10:00:00Z", "2026-02-28"],
  ["29/02/2028", "2028-02-29"],
  ["29/02/2027", null],
  ["12/31/1980", null],
  ["tomorrow", null],
  ["", null],
])("%j is the day %j", (text, day) => expect(parseDay(text)).toBe(day));
