import { expect, test } from "vitest";
import { RateLimiter } from "./rate-limit";

test("a key that sent its requests waits for the next minute, and holds up no other", () => {
  let now = 0;
  const limiter = new RateLimiter(2, () => now);
  expect([1, 2, 3].map(() => limiter.count("one").exceeded)).toEqual([false, false, true]);
  expect(limiter.count("other")).toMatchObject({ limit: 2, remaining: 1, exceeded: false });
  now = 59_000;
  expect(limiter.count("one")).toMatchObject({ exceeded: true, resetSeconds: 1 });
  now = 60_000;
  expect(limiter.count("one")).toMatchObject({ exceeded: false, remaining: 1 });
});
