/** Money that people type: pure, safe in the browser. Micro-units are a millionth of the currency's unit. */

/** Plain, or grouped by thousands or lakhs; at most six decimals, which is what micro-units can keep. */
const AMOUNT = /^(\d+|\d{1,3}(?:,\d{2,3})*,\d{3})(?:\.(\d{1,6}))?$/;
/** Above this, sums of many amounts would leave what a bigint column holds. */
const MOST_DIGITS = 12;

/** "12,34,567.50", "₹500" or "Rs. 500" → micro-units. Null when it is no amount, negative or absurdly large. */
export function parseMoney(text: string): bigint | null {
  const plain = text
    .trim()
    .replace(/^(₹|rs\.?|inr)\s*/i, "")
    .replace(/\s/g, "");
  const [, whole, decimals = ""] = AMOUNT.exec(plain) ?? [];
  const digits = whole?.replaceAll(",", "").replace(/^0+(?=\d)/, "");
  if (digits === undefined || digits.length > MOST_DIGITS) return null;
  return BigInt(digits) * 1_000_000n + BigInt(decimals.padEnd(6, "0"));
}

/** Micro-units as a form's field shows them: 12500500000 → "12500.50", 500000000 → "500". */
export function moneyText(micros: string | bigint | null): string {
  if (micros === null) return "";
  const amount = BigInt(micros);
  const decimals = (amount % 1_000_000n).toString().padStart(6, "0").replace(/0+$/, "");
  const whole = amount / 1_000_000n;
  return decimals === "" ? whole.toString() : `${whole}.${decimals.padEnd(2, "0")}`;
}
