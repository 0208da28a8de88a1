import { describe, expect, test } from "vitest";
import { dayIn } from "@/server/platform/days";
import { nextDueDate, paymentStatusOn, policyStatusOn } from "./status";

const yearly = { status: "in_force", dueDate: "2026-11-24", graceDays: 30 };

describe("what the dates make of a policy", () => {
  test.each([
    ["2026-11-23", "in_force"],
    ["2026-11-24", "in_force"],
    ["2026-11-25", "in_grace"],
    ["2026-12-24", "in_grace"],
    ["2026-12-25", "lapsed"],
  ])("due on 24 November with 30 days of grace, on %s it is %s", (today, expected) => {
    expect(policyStatusOn(yearly, today)).toBe(expected);
  });

  test("the stored state does not matter, unless somebody decided it", () => {
    for (const status of ["in_force", "in_grace", "lapsed"])
      expect(policyStatusOn({ ...yearly, status }, "2026-12-01")).toBe("in_grace");
    for (const status of ["paid_up", "surrendered", "matured"])
      expect(policyStatusOn({ ...yearly, status }, "2027-12-01")).toBe(status);
  });

  test("it changes at the midnight of the workspace, not of UTC", () => {
    const justBefore = new Date("2026-11-24T18:29:59.999Z");
    const midnight = new Date("2026-11-24T18:30:00.000Z");
    const on = (zone: string, at: Date) => policyStatusOn(yearly, dayIn(zone, at));
    expect([on("Asia/Kolkata", justBefore), on("Asia/Kolkata", midnight)]).toEqual(["in_force", "in_grace"]);
    expect(on("UTC", midnight)).toBe("in_force");
  });

  test("grace that begins on 29 February ends 30 days later, in March", () => {
    const leap = { ...yearly, dueDate: "2028-02-29" };
    expect(policyStatusOn(leap, "2028-02-29")).toBe("in_force");
    expect(policyStatusOn(leap, "2028-03-30")).toBe("in_grace");
    expect(policyStatusOn(leap, "2028-03-31")).toBe("lapsed");
  });

  test("without grace it lapses on the day after; without a due date never", () => {
    expect(policyStatusOn({ ...yearly, graceDays: 0 }, "2026-11-25")).toBe("lapsed");
    expect(policyStatusOn({ ...yearly, dueDate: null }, "2099-01-01")).toBe("in_force");
  });
});

test("a payment is overdue from the day after; what was paid or bounced stays", () => {
  const due = { status: "due", dueDate: "2026-11-24" } as const;
  expect(paymentStatusOn(due, "2026-11-24")).toBe("due");
  expect(paymentStatusOn(due, "2026-11-25")).toBe("overdue");
  expect(paymentStatusOn({ ...due, status: "overdue" }, "2026-11-20")).toBe("due");
  expect(paymentStatusOn({ ...due, status: "failed" }, "2026-11-25")).toBe("failed");
  expect(paymentStatusOn({ ...due, status: "paid" }, "2026-11-25")).toBe("paid");
});

describe("the next due date", () => {
  test.each([
    ["2024-02-29", "yearly", "2026-11-25", "2027-02-28"],
    ["2024-02-29", "yearly", "2027-02-28", "2028-02-29"],
    ["2025-01-31", "monthly", "2026-02-27", "2026-02-28"],
    ["2025-01-31", "monthly", "2026-02-28", "2026-03-31"],
    ["2025-05-10", "quarterly", "2026-08-10", "2026-11-10"],
    ["2025-05-10", "half_yearly", "2026-08-10", "2026-11-10"],
    ["2026-12-01", "yearly", "2026-11-25", "2027-12-01"],
    ["2025-05-10", "single", "2026-08-10", null],
  ] as const)("of a policy from %s, %s, after %s is %s", (startDate, mode, day, due) => {
    expect(nextDueDate({ startDate, mode }, day)).toBe(due);
  });
});
