import { expect, test } from "vitest";
import { RefusedCalls } from "./refused-calls";

test("a caller who was refused too often waits until the minute is over, and nobody else does", () => {
  let now = 59_999;
  const calls = new RefusedCalls(() => now);
  for (let guess = 0; guess < 60; guess++) calls.count("a");
  expect(calls.tooMany("a")).toBe(true);
  expect(calls.tooMany("b")).toBe(false);
  now += 59_999;
  expect(calls.tooMany("a")).toBe(true);
  now += 1;
  expect(calls.tooMany("a")).toBe(false);
});

test("no more than ten thousand callers are remembered, and none longer than its minute", () => {
  let now = 0;
  const calls = new RefusedCalls(() => now);
  for (let caller = 0; caller < 10_000; caller++) calls.count(`of before ${caller}`);
  for (let guess = 0; guess < 60; guess++) calls.count("one more");
  expect(calls.tooMany("one more")).toBe(false);
  now = 60_000;
  for (let guess = 0; guess < 60; guess++) calls.count("one more");
  expect(calls.tooMany("one more")).toBe(true);
});
