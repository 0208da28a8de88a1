/** How a number of a cell is meant: its style says it. */
export type NumberLook = { kind: "number" } | { kind: "date" } | { kind: "padded"; digits: number };

const DAY_MS = 86_400_000;

/**
 * The day of a serial number. Excel counts 1 January 1900 as 1 and believes that 1900 had a 29 February (60, which is no
 * day); workbooks from old Macs count from 1904.
 */
export function serialDay(serial: number, from1904 = false): string | null {
  const whole = Math.floor(serial);
  if (!Number.isFinite(serial) || whole < 1 || whole > 2_958_465) return null;
  if (from1904) return dayOf(Date.UTC(1904, 0, 1) + whole * DAY_MS);
  if (whole === 60) return null;
  return dayOf(Date.UTC(1899, 11, whole < 60 ? 31 : 30) + whole * DAY_MS);
}

const dayOf = (instant: number): string => new Date(instant).toISOString().slice(0, 10);

/** A number of a cell as text: dates as 2026-03-31 (with T10:30:00 where there is a time), others without exponent. */
export function numberText(raw: string, look: NumberLook, from1904: boolean): string {
  const number = Number(raw);
  if (raw.trim() === "" || !Number.isFinite(number)) return raw;
  if (look.kind === "date") {
    const day = serialDay(number, from1904);
    if (day) return day + timeOf(number);
  }
  // Excel keeps 15 digits; the rest is noise of binary fractions (0.1 + 0.2).
  const exact = Number(number.toPrecision(15));
  const text = Number.isInteger(exact) ? BigInt(exact).toString() : plainFraction(exact);
  return look.kind === "padded" && /^\d+$/.test(text) ? text.padStart(look.digits, "0") : text;
}

function timeOf(serial: number): string {
  const seconds = Math.round((serial - Math.floor(serial)) * 86_400);
  if (seconds === 0 || seconds === 86_400) return "";
  const two = (value: number) => String(Math.floor(value)).padStart(2, "0");
  return `T${two(seconds / 3_600)}:${two((seconds / 60) % 60)}:${two(seconds % 60)}`;
}

/** Without an exponent, also for very small numbers. */
const plainFraction = (number: number): string =>
  Math.abs(number) < 1e-6 ? number.toFixed(20).replace(/0+$/, "") : String(number);

/** Built-in formats that show a date, in any language of Excel. */
const isBuiltInDate = (id: number): boolean =>
  (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58);

/** What a number format makes of a number. @param code the format's own code, where it is not built in */
export function lookOf(id: number, code: string | undefined): NumberLook {
  if (code === undefined) return isBuiltInDate(id) ? { kind: "date" } : { kind: "number" };
  const [positive = ""] = code.split(";");
  // Words in quotes, escaped letters, colours and currencies in brackets say nothing.
  const bare = positive
    .replace(/"[^"]*"/g, "")
    .replace(/\\./g, "")
    .replace(/\[[^\]]*\]/g, "")
    .replace(/[_*]./g, "")
    .trim();
  if (/^0{2,}$/.test(bare)) return { kind: "padded", digits: bare.length };
  if (/general/i.test(bare)) return { kind: "number" };
  return /[dy]|m{3,}|h|s/i.test(bare) ? { kind: "date" } : { kind: "number" };
}
