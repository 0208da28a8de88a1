import { describe, expect, it } from "vitest";
import {
  formatBytes,
  formatCompact,
  formatCount,
  formatDate,
  formatDateTime,
  formatDuration,
  formatMoney,
  formatPercent,
  formatRelative,
  formatTime,
} from "./format";

const zone = "Asia/Kolkata";
const noon = Date.parse("2026-11-12T06:30:00Z");
const at = (seconds: number) => new Date(noon + seconds * 1000).toISOString();

describe("numbers", () => {
  it("groups by lakh and crore", () => {
    expect(formatCount(1_234_567)).toBe("12,34,567");
    expect(formatCount("98765432109")).toBe("98,76,54,32,109");
    expect(formatCompact(1_234_567)).toBe("12.3L");
    expect(formatCompact(98_765_432)).toBe("9.9Cr");
  });

  it("tells nothing from zero", () => {
    for (const write of [formatCount, formatCompact, formatPercent, formatMoney, formatDuration]) {
      expect(write(null)).toBe("–");
      expect(write(undefined)).toBe("–");
      expect(write(0)).toMatch(/0/u);
    }
    expect(formatPercent(Number.NaN)).toBe("–");
    expect(formatCount("many")).toBe("–");
  });

  it("writes fractions as percentages", () => {
    expect(formatPercent(0.1234)).toBe("12.3%");
    expect(formatPercent(1)).toBe("100%");
    expect(formatPercent(0.1234, 0)).toBe("12%");
  });
});

describe("money", () => {
  it("never loses a paisa, however large the amount", () => {
    expect(formatMoney(90_071_992_547_409_930_000n)).toBe("₹9,00,71,99,25,47,409.93");
    expect(formatMoney("1234500000")).toBe("₹1,234.50");
  });

  it("rounds half away from zero and keeps the sign", () => {
    expect(formatMoney(1_005_000n)).toBe("₹1.01");
    expect(formatMoney(-1_005_000n)).toBe("-₹1.01");
    expect(formatMoney(-4_999n)).toBe("₹0.00");
    expect(formatMoney(1_500_000n, "INR", 0)).toBe("₹2");
  });

  it("shows what a single message costs", () => {
    expect(formatMoney(130_000, "INR", 4)).toBe("₹0.1300");
  });
});

describe("times", () => {
  it("are told in the workspace's zone, with its name where it matters", () => {
    expect(formatDateTime("2026-09-12T20:00:00Z", zone)).toBe("13 Sep 2026, 01:30");
    expect(formatDateTime("2026-09-12T20:00:00Z", zone, true)).toBe("13 Sep 2026, 01:30 IST");
    expect(formatDate("2026-09-12T20:00:00Z", "UTC")).toBe("12 Sep 2026");
    expect(formatTime("2026-09-12T18:30:00Z", zone)).toBe("00:00");
  });

  it("write nothing for nothing and for nonsense", () => {
    expect(formatDateTime(null, zone)).toBe("–");
    expect(formatRelative("tomorrow", noon, zone)).toBe("–");
  });

  it.each([
    [0, "just now"],
    [-180, "3 minutes ago"],
    [-3590, "1 hour ago"],
    [7200, "in 2 hours"],
    [-86_400, "yesterday"],
    [86_400, "tomorrow"],
    [-30 * 86_400, "13 Oct 2026"],
  ])("%i seconds from now read %s", (seconds, words) => {
    expect(formatRelative(at(seconds), noon, zone)).toBe(words);
  });

  it.each([
    [42, "42 s"],
    [94, "1 min 34 s"],
    [1200, "20 min"],
    [3725, "1 h 2 min"],
    [90_000, "1 d 1 h"],
  ])("%i seconds last %s", (seconds, words) => {
    expect(formatDuration(seconds)).toBe(words);
  });
});

it("sizes of files read as people say them", () => {
  expect(formatBytes(0)).toBe("0 B");
  expect(formatBytes(999)).toBe("999 B");
  expect(formatBytes(5_324_812)).toBe("5.3 MB");
});
