import { expect, test } from "vitest";
import { nextSlot } from "./cron-expression";

const at = (iso: string): number => Date.parse(iso);
const slots = (expression: string, from: string, count: number): string[] => {
  const found: string[] = [];
  for (let ms = at(from); found.length < count; ) {
    const next = nextSlot(expression, ms);
    if (next === null) break;
    found.push(new Date(next).toISOString().slice(0, 16));
    ms = next;
  }
  return found;
};

test("a schedule is read in the zone of its TZ= prefix, and in UTC without one", () => {
  expect(slots("30 9 * * *", "2026-01-01T00:00:00Z", 1)).toEqual(["2026-01-01T09:30"]);
  expect(slots("TZ=Asia/Kolkata 30 9 * * *", "2026-01-01T00:00:00Z", 2)).toEqual([
    "2026-01-01T04:00",
    "2026-01-02T04:00",
  ]);
});

test("the hour that a zone skips in spring moves a slot and loses none; the one that it repeats in autumn doubles none", () => {
  const daily = "TZ=America/New_York 30 2 * * *";
  expect(slots(daily, "2026-03-07T12:00:00Z", 2)).toEqual(["2026-03-08T07:30", "2026-03-09T06:30"]);
  const autumn = slots("TZ=America/New_York 30 1 * * *", "2026-10-31T12:00:00Z", 2);
  expect(autumn).toEqual(["2026-11-01T05:30", "2026-11-02T06:30"]);
});

test("a date that never comes has no slot", () => {
  expect(nextSlot("0 0 31 2 *", at("2026-01-01T00:00:00Z"))).toBeNull();
});
