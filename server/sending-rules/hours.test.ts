import { describe, expect, test } from "vitest";
import { type Hours, isZone, momentIn } from "./hours";
import { HoursTable } from "./hours-table";

const everyDay = [1, 2, 3, 4, 5, 6, 7];
const promotion: Hours = { validFrom: "2000-01-01", fromMinute: 600, toMinute: 1_260, days: everyDay };
const at = (text: string) => new Date(text);
const INDIA = "Asia/Kolkata";

describe("Indian promotion, 10:00 to 21:00", () => {
  test.each([
    ["2026-11-25T20:59:59.999+05:30", null],
    ["2026-11-25T21:00:00.000+05:30", "2026-11-26T10:00:00+05:30"],
    ["2026-11-25T23:30:00.000+05:30", "2026-11-26T10:00:00+05:30"],
    ["2026-11-26T09:59:59.999+05:30", "2026-11-26T10:00:00+05:30"],
    ["2026-11-26T10:00:00.000+05:30", null],
  ])("at %s it waits until %s", (now, opens) => {
    expect(momentIn([promotion], at(now), INDIA)).toEqual(
      opens === null ? { open: true } : { open: false, opensAt: at(opens) },
    );
  });
});

test("the hours are those of the recipient's place", () => {
  const now = at("2026-11-25T16:00:00Z"); // 21:30 in Mumbai, 21:45 in Kathmandu, 11:00 in New York
  expect(momentIn([promotion], now, INDIA).open).toBe(false);
  expect(momentIn([promotion], now, "America/New_York").open).toBe(true);
  expect(momentIn([promotion], now, "Asia/Kathmandu")).toEqual({
    open: false,
    opensAt: at("2026-11-26T10:00:00+05:45"),
  });
});

test("days of the week that are closed are passed over", () => {
  const weekdays = { ...promotion, days: [1, 2, 3, 4, 5] };
  expect(momentIn([weekdays], at("2026-11-28T12:00:00+05:30"), INDIA)).toEqual({
    open: false,
    opensAt: at("2026-11-30T10:00:00+05:30"),
  });
  expect(momentIn([{ ...promotion, days: [] }], at("2026-11-28T12:00:00Z"), INDIA)).toEqual({
    open: false,
    opensAt: null,
  });
});

test("a dated row counts from its day on, at the recipient's midnight", () => {
  const rows = [promotion, { ...promotion, validFrom: "2026-12-01", fromMinute: 660 }];
  expect(momentIn(rows, at("2026-11-30T10:30:00+05:30"), INDIA)).toEqual({ open: true });
  expect(momentIn(rows, at("2026-11-30T22:00:00+05:30"), INDIA)).toMatchObject({
    opensAt: at("2026-12-01T11:00:00+05:30"),
  });
  expect(
    momentIn([{ ...promotion, validFrom: "2027-01-01" }], at("2026-12-31T23:00:00+05:30"), INDIA).open,
  ).toBe(true);
});

test("clock changes move the hours with the wall clock", () => {
  const morning = { ...promotion, fromMinute: 480, toMinute: 1_260 };
  // New York goes back to EST on 2026-11-01: 08:00 is 12:00 UTC before and 13:00 UTC after.
  expect(momentIn([morning], at("2026-10-31T11:00:00Z"), "America/New_York")).toMatchObject({
    opensAt: at("2026-10-31T12:00:00Z"),
  });
  expect(momentIn([morning], at("2026-11-01T06:00:00Z"), "America/New_York")).toMatchObject({
    opensAt: at("2026-11-01T13:00:00Z"),
  });
});

test("without hours anything goes, and a whole day is a whole day", () => {
  expect(momentIn([], at("2026-11-25T03:00:00Z"), INDIA)).toEqual({ open: true });
  const whole = { ...promotion, fromMinute: 0, toMinute: 1_440 };
  expect(momentIn([whole], at("2026-11-25T23:59:59.999+05:30"), INDIA)).toEqual({ open: true });
});

test("a recipient of a country without rows has the hours of the workspace's country", () => {
  const key = { channel: "sms", purpose: "promotional", basis: "", own: false } as const;
  const table = new HoursTable(
    [
      { ...key, ...promotion, country: "IN" },
      { ...key, ...promotion, fromMinute: 480, country: "US" },
    ],
    "IN",
  );
  const opens = (country: string | null) => table.of(country, "sms", "promotional").hours[0]?.fromMinute;
  expect([opens("US"), opens("IN"), opens("NP"), opens(null)]).toEqual([480, 600, 600, 600]);
  expect(table.of("US", "email", "promotional").hours).toEqual([]);
});

test("a zone that does not exist is known as such", () => {
  expect([isZone(INDIA), isZone("Mumbai"), isZone("")]).toEqual([true, false, false]);
});
