import { expect, test } from "vitest";
import { heldOutWords, treatedOf } from "./treated";

test.each([
  [1_000, 0, 1_000, ""],
  [1_000, 4, 960, "; about 40 more are held out, to measure against"],
  [10, 10, 9, "; about 1 more is held out, to measure against"],
  [3, 10, 3, ""],
  [0, 20, 0, ""],
])("of %i with %i%% held out %i are sent it", (reachable, holdOut, sent, words) => {
  expect(treatedOf(reachable, holdOut)).toBe(sent);
  expect(heldOutWords(reachable, holdOut, String)).toBe(words);
});
