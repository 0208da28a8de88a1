const MICROS = 6;
/** Far above any sum assured, far below what a number keeps exactly. */
const MOST = 10n ** 12n;

const scales: Record<string, number> = { lakh: 5, lakhs: 5, lac: 5, lacs: 5, cr: 7, crore: 7, crores: 7 };

/** Grouped by thousands or lakhs, or not at all. */
const NUMBER = /^(\d+|\d{1,3}(?:,\d{2,3})*,\d{3})(?:\.(\d{0,6}))?$/;

/**
 * An amount of a file in micro-units: ₹1,23,456.00 · Rs. 1,23,456/- · INR 5000 · 12.5 lakh · 1 Cr. Null when it is none, is
 * negative, or names another currency than `currency`.
 */
export function readAmount(text: string, currency = "INR"): bigint | null {
  const signs = currency === "INR" ? "₹|rs\\.?|inr" : currency.toLowerCase();
  const bare = text
    .replace(/[\s\u00a0\u202f']/g, "")
    .replace(new RegExp(`^(${signs})|(${signs})$`, "gi"), "")
    .replace(/\/[-=]$/, "");
  const [, digits = "", unit = ""] = /^([\d.,]+)([a-z]*)\.?$/i.exec(bare) ?? [];
  const parts = NUMBER.exec(digits.replace(/\.$/, ""));
  const scale = unit === "" ? 0 : scales[unit.toLowerCase()];
  if (!parts || scale === undefined) return null;
  const [, whole = "", fraction = ""] = parts;
  const micros =
    BigInt(whole.replaceAll(",", "")) * 10n ** BigInt(MICROS + scale) +
    BigInt(fraction.padEnd(MICROS, "0")) * 10n ** BigInt(scale);
  return micros <= MOST * 10n ** BigInt(MICROS) ? micros : null;
}
