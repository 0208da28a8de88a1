import { expect, test } from "vitest";
import { moneyText, parseMoney } from "./money";

test.each([
  ["12,34,567.50", 1_234_567_500_000n],
  ["1,234,567", 1_234_567_000_000n],
  ["₹ 500", 500_000_000n],
  ["Rs. 0.10", 100_000n],
  ["0012.5", 12_500_000n],
  ["999999999999", 999_999_999_999_000_000n],
  ["9999999999999", null],
  ["-5", null],
  ["12,34", null],
  ["1.2345678", null],
  ["5e3", null],
  ["", null],
])("%j is %s micro-units", (text, micros) => expect(parseMoney(text)).toBe(micros));

test("a form shows the amount, and reads it back unchanged", () => {
  for (const micros of [0n, 500_000_000n, 12_500_500_000n, 100_000n, 1n])
    expect(parseMoney(moneyText(micros))).toBe(micros);
  expect(moneyText("12500500000")).toBe("12500.50");
  expect(moneyText(null)).toBe("");
});
