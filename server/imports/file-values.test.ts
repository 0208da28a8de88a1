import { describe, expect, test } from "vitest";
import { readAmount } from "./amounts";
import { looksMonthFirst, readDay } from "./dates";
import { readAutoDebit, readMode, readPaymentStatus, readPolicyStatus, readPolicyType } from "./policy-words";

const how = { order: "day_first", era: "any", today: "2026-03-31" } as const;

describe("a day of a file", () => {
  test.each([
    ["31/03/2026", "2026-03-31"],
    ["1-4-2026", "2026-04-01"],
    ["01.04.26", "2026-04-01"],
    ["2026-03-31", "2026-03-31"],
    ["2026/3/31", "2026-03-31"],
    ["31-Mar-26", "2026-03-31"],
    ["31-MAR-2026", "2026-03-31"],
    ["31 March 2026", "2026-03-31"],
    ["3rd Sept 2026", "2026-09-03"],
    ["31Mar2026", "2026-03-31"],
    ["Mar 31, 2026", "2026-03-31"],
    ["20260331", "2026-03-31"],
    ["46112", "2026-03-31"],
    ["46112.5", "2026-03-31"],
    ["31/03/2026 00:00:00", "2026-03-31"],
    ["31/03/2026 12:00 AM", "2026-03-31"],
    ["2026-03-31T00:00:00.000Z", "2026-03-31"],
    ["'31/03/2026", "2026-03-31"],
    ["29/02/2028", "2028-02-29"],
    ["29-Feb-28", "2028-02-29"],
    ["29/02/2027", null],
    ["31/04/2026", null],
    ["00/00/0000", null],
    ["12/31/2026", null],
    ["2026", null],
    ["soon", null],
    ["-", null],
  ])("%s is %s", (text, day) => {
    expect(readDay(text, how)).toBe(day);
  });

  test("with a short year lies in the past for births, and may lie ahead for due dates", () => {
    const birth = { ...how, era: "past" } as const;
    expect([readDay("5-Mar-79", birth), readDay("5-Mar-26", birth), readDay("5-Mar-27", birth)]).toEqual([
      "1979-03-05",
      "2026-03-05",
      "1927-03-05",
    ]);
    expect([readDay("5-Mar-79", how), readDay("5-Mar-80", how)]).toEqual(["2079-03-05", "1980-03-05"]);
  });

  test("is read month first where the file writes so", () => {
    expect(readDay("3/31/2026", { ...how, order: "month_first" })).toBe("2026-03-31");
    expect(looksMonthFirst(["3/4/2026", "3/31/2026", "", "soon"])).toBe(true);
    expect(looksMonthFirst(["3/4/2026", "31/3/2026"])).toBe(false);
    expect(looksMonthFirst(["3/4/2026", "5/6/2026"])).toBe(false);
  });
});

test.each([
  ["₹1,23,456.00", 123_456_000_000n],
  ["Rs. 1,23,456/-", 123_456_000_000n],
  ["INR 12,345.5", 12_345_500_000n],
  ["12345", 12_345_000_000n],
  ["12,345.67 INR", 12_345_670_000n],
  ["1,234,567.89", 1_234_567_890_000n],
  ["12.5 lakh", 1_250_000_000_000n],
  ["1 Cr.", 10_000_000_000_000n],
  ["0", 0n],
  ["5000.", 5_000_000_000n],
  ["\u20b9\u00a05 000", 5_000_000_000n],
  ["-500", null],
  ["(500)", null],
  ["$500", null],
  ["1,2,3", null],
  ["12,34", null],
  ["1.2.3", null],
  ["five", null],
  ["1e5", null],
  ["99999999999999999999", null],
] as const)("the amount %s is %s micro-rupees", (text, micros) => {
  expect(readAmount(text)).toBe(micros);
});

test.each([
  ["In-Force", "in_force"],
  ["INFORCE (PP)", "in_force"],
  ["IF", "in_force"],
  ["Premium Paying", "in_force"],
  ["Active", "in_force"],
  ["Grace Period", "in_grace"],
  ["LAPSED", "lapsed"],
  ["Lapsed - Revivable", "lapsed"],
  ["Discontinued", "lapsed"],
  ["Reduced Paid-up", "paid_up"],
  ["PU", "paid_up"],
  ["Surrendered", "surrendered"],
  ["Free-Look Cancelled", "surrendered"],
  ["Death Claim Intimated", "surrendered"],
  ["Matured", "matured"],
  ["Sleeping", null],
] as const)("the state %s is %s", (text, status) => {
  expect(readPolicyStatus(text)?.status ?? null).toBe(status);
});

test("a death is told from a contract that merely ended", () => {
  expect(readPolicyStatus("Death claim paid")?.death).toBe(true);
  expect(readPolicyStatus("Cancelled")?.death).toBe(false);
});

test.each([
  ["MLY", "monthly"],
  ["Monthly (ECS)", "monthly"],
  ["Monthly ECS", "monthly"],
  ["QLY", "quarterly"],
  ["Half-Yearly", "half_yearly"],
  ["HLY", "half_yearly"],
  ["Semi Annual", "half_yearly"],
  ["YLY", "yearly"],
  ["Annual", "yearly"],
  ["Single Premium", "single"],
  ["वार्षिक", "yearly"],
  ["12", null],
] as const)("the mode %s is %s", (text, mode) => {
  expect(readMode(text)).toBe(mode);
});

test("payments and mandates in several words", () => {
  expect(["Paid", "PENDING", "Over-due", "NACH Return", "?"].map(readPaymentStatus)).toEqual([
    "paid",
    "due",
    "overdue",
    "failed",
    null,
  ]);
  expect(["E-NACH", "Yes", "1", "Cash/Cheque", "No", "0", "perhaps"].map(readAutoDebit)).toEqual([
    true,
    true,
    true,
    false,
    false,
    false,
    null,
  ]);
});

test("the kind of a policy by its own word or its product's", () => {
  expect(readPolicyType("Mediclaim", null)).toBe("health");
  expect(readPolicyType(null, "Private Car Comprehensive")).toBe("motor");
  expect(readPolicyType(null, "Suraksha Term Shield")).toBe("term");
  expect(readPolicyType("Crop cover", null)).toBe("crop_cover");
  expect(readPolicyType(null, "Bharosa")).toBe("other");
});
