import type { PropertyValue } from "@/server/events/schemas";

const MOST = 999_999_999_999;

/** An amount in the currency's unit as micro-units; null for what is none, negative or absurdly large. */
export function microsOf(value: PropertyValue | undefined): bigint | null {
  const number = typeof value === "string" && /^\d{1,12}(\.\d{1,6})?$/.test(value) ? Number(value) : value;
  if (typeof number !== "number" || !Number.isFinite(number) || number < 0 || number > MOST) return null;
  return BigInt(number.toFixed(6).replace(".", ""));
}

/** Properties of an event that say what it is worth, the first that is an amount counts. */
const worth = ["value", "amount", "premium"] as const;

type Worth = {
  value: bigint;
  currency: string | null;
  policyNumber: string | null;
  autoDebit: boolean | null;
};

/** What an event's properties say of its worth; nothing said is worth nothing. */
export function worthOf(properties: Record<string, PropertyValue>): Worth {
  const { currency, policy_number: policy, auto_debit: debit } = properties;
  return {
    value: worth.map((name) => microsOf(properties[name])).find((micros) => micros !== null) ?? 0n,
    currency: typeof currency === "string" && /^[A-Z]{3}$/.test(currency) ? currency : null,
    policyNumber: policy === null || policy === undefined || policy === "" ? null : String(policy),
    autoDebit: typeof debit === "boolean" ? debit : null,
  };
}
