/** How numbers, money and times are written. Pure, and safe in the browser. "–" stands for nothing, 0 for zero. */

export const nothing = "–";

type Quantity = number | bigint | string;

/** `en-IN` groups by lakh and crore: 12,34,567. */
const locale = "en-IN";

/** 1234567 → "12,34,567". Null, undefined and what is not a number → "–". */
export function formatCount(value: Quantity | null | undefined, maximumFractionDigits = 0): string {
  const number = toNumber(value);
  return number === null ? nothing : new Intl.NumberFormat(locale, { maximumFractionDigits }).format(number);
}

/** A count with what it counts: 2, "people clicked" → "2 people clicked"; 1 → "1 person clicked". */
export function formatCounted(count: number, words: string): string {
  const one = words.replace(/^customers\b/, "customer").replace(/^people\b/, "person");
  return `${formatCount(count)} ${count === 1 ? one : words}`;
}

/** 1234567 → "12.3L", 98765432 → "9.9Cr": for axes and tight cells, where the exact figure is one hover away. */
export function formatCompact(value: Quantity | null | undefined): string {
  const number = toNumber(value);
  if (number === null) return nothing;
  return new Intl.NumberFormat(locale, { notation: "compact", maximumFractionDigits: 1 }).format(number);
}

/** A fraction as a percentage: 0.1234 → "12.3%". Null (nothing to divide by) → "–". */
export function formatPercent(fraction: number | null | undefined, digits = 1): string {
  if (fraction === null || fraction === undefined || !Number.isFinite(fraction)) return nothing;
  return new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: digits }).format(fraction);
}

/**
 * Integer micro-units (a millionth of the currency's unit) as money: 1234500000n, "INR" → "₹1,234.50".
 * Computed on integers, so no amount is ever off by a paisa; rounds half away from zero. `digits` 0 leaves paise out.
 */
export function formatMoney(
  micros: Quantity | null | undefined,
  currency = "INR",
  digits: 0 | 2 | 4 = 2,
): string {
  if (micros === null || micros === undefined || micros === "") return nothing;
  const amount = BigInt(micros);
  const divisor = 10n ** BigInt(6 - digits);
  const size = amount < 0n ? -amount : amount;
  const rounded = (size + divisor / 2n) / divisor;
  const scale = 10n ** BigInt(digits);
  const fraction = digits > 0 ? `.${(rounded % scale).toString().padStart(digits, "0")}` : "";
  const whole = new Intl.NumberFormat(locale, {
    style: "currency",
    currency,
    maximumFractionDigits: 0,
  }).format(rounded / scale);
  return `${amount < 0n && rounded > 0n ? "-" : ""}${whole}${fraction}`;
}

/** Whole seconds as the two largest units that matter: 42 → "42 s", 3725 → "1 h 2 min", 90000 → "1 d 1 h". */
export function formatDuration(seconds: number | null | undefined): string {
  if (seconds === null || seconds === undefined || !Number.isFinite(seconds)) return nothing;
  const total = Math.max(0, Math.round(seconds));
  if (total < 60) return `${total} s`;
  const [days, hours, minutes] = [
    Math.floor(total / 86_400),
    Math.floor(total / 3600) % 24,
    Math.floor(total / 60) % 60,
  ];
  if (days > 0) return hours > 0 ? `${days} d ${hours} h` : `${days} d`;
  if (hours > 0) return minutes > 0 ? `${hours} h ${minutes} min` : `${hours} h`;
  return total % 60 > 0 && minutes < 10 ? `${minutes} min ${total % 60} s` : `${minutes} min`;
}

/** Bytes as a file size: 5324812 → "5.3 MB". */
export function formatBytes(bytes: number): string {
  const units = ["B", "kB", "MB", "GB"] as const;
  const power = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, bytes)) / 3)));
  return `${formatCount(bytes / 1000 ** power, power > 0 ? 1 : 0)} ${units[power]}`;
}

// Written out, because Node and browsers disagree ("Sep", "Sept"), and the page would be drawn twice.
const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"] as const;

/** An instant in a zone: "12 Nov 2026, 14:05". `withZone` adds the zone's name where it matters: "… IST". */
export function formatDateTime(iso: string | null | undefined, zone: string, withZone = false): string {
  const parts = partsOf(iso, zone);
  if (!parts) return nothing;
  return `${writeDate(parts)}, ${parts.hour}:${parts.minute}${withZone ? ` ${parts.timeZoneName}` : ""}`;
}

/** The day of an instant in a zone: "12 Nov 2026". */
export function formatDate(iso: string | null | undefined, zone: string): string {
  const parts = partsOf(iso, zone);
  return parts ? writeDate(parts) : nothing;
}

/** The minute of an instant in a zone: "14:05". */
export function formatTime(iso: string | null | undefined, zone: string): string {
  const parts = partsOf(iso, zone);
  return parts ? `${parts.hour}:${parts.minute}` : nothing;
}

const steps = [
  { unit: "minute", seconds: 60, below: 3600 },
  { unit: "hour", seconds: 3600, below: 86_400 },
  { unit: "day", seconds: 86_400, below: 7 * 86_400 },
] as const;

/** "just now", "3 minutes ago", "in 2 hours", "yesterday"; from a week on the date. `now` is epoch milliseconds. */
export function formatRelative(iso: string | null | undefined, now: number, zone: string): string {
  const instant = parseInstant(iso);
  if (instant === null) return nothing;
  const seconds = (instant - now) / 1000;
  if (Math.abs(seconds) < 45) return "just now";
  // Rounded before the unit is chosen, or 59 minutes and 40 seconds would read "60 minutes".
  const step = steps.find(
    (candidate) => Math.abs(Math.round(seconds / candidate.seconds)) * candidate.seconds < candidate.below,
  );
  if (!step) return formatDate(iso, zone);
  return new Intl.RelativeTimeFormat(locale, { numeric: "auto" }).format(
    Math.round(seconds / step.seconds),
    step.unit,
  );
}

function toNumber(value: Quantity | null | undefined): number | null {
  if (value === null || value === undefined || value === "") return null;
  const number = Number(value);
  return Number.isFinite(number) ? number : null;
}

type Parts = Partial<Record<Intl.DateTimeFormatPartTypes, string>>;

function partsOf(iso: string | null | undefined, zone: string): Parts | null {
  const instant = parseInstant(iso);
  if (instant === null) return null;
  const format = new Intl.DateTimeFormat(locale, {
    day: "numeric",
    month: "numeric",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    timeZone: zone,
    timeZoneName: "short",
  });
  return Object.fromEntries(format.formatToParts(instant).map(({ type, value }) => [type, value]));
}

function writeDate({ day, month, year }: Parts): string {
  return `${day} ${months[Number(month) - 1]} ${year}`;
}

function parseInstant(iso: string | null | undefined): number | null {
  const instant = iso ? Date.parse(iso) : Number.NaN;
  return Number.isNaN(instant) ? null : instant;
}
