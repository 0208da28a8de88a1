import { knownEvents } from "@/server/events/schemas";
import { formatCount, formatMoney } from "@/server/platform/format";

type Known = { label: string; hint: string };
const known = knownEvents as Record<string, Known>;

/** `policy_purchased` → "Policy purchased". */
export const spelled = (key: string): string => {
  const text = key.replaceAll("_", " ").replaceAll(".", " · ");
  return text.charAt(0).toUpperCase() + text.slice(1);
};

export const eventLabel = (name: string): string => known[name]?.label ?? spelled(name);
export const eventHint = (name: string): string | null => known[name]?.hint ?? null;

type Properties = Readonly<Record<string, unknown>>;
const amounts = new Set(["amount", "premium", "sum_assured", "value"]);

/** What an event carries, told: `["Amount", "₹12,500"]`, in the order of its keys. A currency stands with its amount. */
export function propertyWords(properties: Properties): [name: string, value: string][] {
  const { currency } = properties;
  const inMoney = typeof currency === "string" && /^[A-Z]{3}$/.test(currency) ? currency : null;
  return Object.entries(properties)
    .filter(([key, value]) => value != null && (key !== "currency" || inMoney === null))
    .map(([key, value]) => [spelled(key), amounts.has(key) ? money(value, inMoney) : words(value)]);
}

function words(value: unknown): string {
  if (typeof value === "number") return formatCount(value, 6);
  if (typeof value === "boolean") return value ? "yes" : "no";
  return String(value);
}

function money(value: unknown, currency: string | null): string {
  if (typeof value !== "number" || currency === null) return words(value);
  return formatMoney(BigInt(Math.round(value * 1_000_000)), currency, Number.isInteger(value) ? 0 : 2);
}
