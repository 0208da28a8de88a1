import { Temporal } from "temporal-polyfill";
import { expect, test } from "vitest";
import { dueDays, lookBack } from "./due-days";

const zones = ["Asia/Kolkata", "America/New_York", "Australia/Lord_Howe", "Pacific/Kiritimati"].map(
  (zone) => ({ key: zone, zone }),
);

const steps = [900_000, 40_000_000, 86_400_000, 200_000_000];

test("over four years each zone has each local day once, at its hour, however the looks are spaced", () => {
  const begin = Date.parse("2026-11-26T00:00:00Z");
  const end = Date.parse("2030-11-26T00:00:00Z");
  const found: string[] = [];
  let state = 7;
  for (let at = begin; at < end; ) {
    // Quarters of an hour, a night off, days off: always the same sequence.
    state = (state * 48_271) % 2_147_483_647;
    const until = Math.min(end, at + (steps[state % steps.length] ?? 0) * (1 + (state % 3)));
    for (const { key, day, at: instant } of dueDays(zones, {
      time: "02:30",
      since: new Date(at),
      until: new Date(until),
    }))
      found.push(`${key} ${day} ${Date.parse(instant)}`);
    at = until;
  }
  const wanted = zones.flatMap(({ key, zone }) =>
    Array.from({ length: 1_464 }, (_, nth) => {
      const day = Temporal.PlainDate.from("2026-11-25").add({ days: nth });
      const at = day.toZonedDateTime({ timeZone: zone, plainTime: "02:30" }).epochMilliseconds;
      return at > begin && at <= end ? `${key} ${day} ${at}` : "";
    }).filter((line) => line !== ""),
  );
  expect(found.sort()).toEqual(wanted.sort());
  expect(wanted.length).toBeGreaterThan(zones.length * 1_460);
});

test("what was missed by more than a day is skipped and counted, the last 24 hours are not", () => {
  const now = new Date("2026-12-10T05:30:00Z");
  const kolkata = [{ key: null, zone: "Asia/Kolkata" }];
  const asked = { time: "10:30", now };
  expect(lookBack(kolkata, { ...asked, lookedUntil: new Date("2026-12-10T05:15:00Z") })).toEqual({
    since: new Date("2026-12-10T05:15:00Z"),
    skipped: 0,
  });
  const late = lookBack(kolkata, { ...asked, lookedUntil: new Date("2026-12-05T05:15:00Z") });
  expect(late).toEqual({ since: new Date("2026-12-09T05:30:00Z"), skipped: 4 });
  expect(dueDays(kolkata, { time: "10:30", since: late.since, until: now }).map(({ day }) => day)).toEqual([
    "2026-12-10",
  ]);
});
