import { expect, test } from "vitest";
import { Seldom } from "./seldom";

test("the same is told once a minute, another besides, and no more than a thousand", () => {
  let now = 0;
  const seldom = new Seldom(() => now);
  expect([seldom.mayTell("a"), seldom.mayTell("a"), seldom.mayTell("b")]).toEqual([true, false, true]);
  now = 59_999;
  expect(seldom.mayTell("a")).toBe(false);
  now = 60_000;
  expect([seldom.mayTell("a"), seldom.mayTell("a")]).toEqual([true, false]);
  const names = Array.from({ length: 2_000 }, (_, nth) => `${nth}`);
  expect(names.filter((name) => seldom.mayTell(name))).toHaveLength(999);
});
