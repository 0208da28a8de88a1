import type { TagValues } from "./schemas";

/** What tags read of a customer, and of the policy that the message speaks of. */
type Described = {
  name: string;
  externalId: string | null;
  city: string | null;
  tier: string;
  policyNumber: string | null;
  productName: string | null;
  /** Micro-units, with `currency`. */
  premium: string | null;
  currency: string | null;
  /** `YYYY-MM-DD` */
  renewalDate: string | null;
};

/** A customer's values of the tags, written as the workspace's locale writes them. */
export function tagValues(customer: Described, locale: string): TagValues {
  const { premium, currency, renewalDate } = customer;
  return {
    customer_name: customer.name,
    first_name: customer.name.trim().split(/\s+/)[0],
    customer_number: customer.externalId,
    city: customer.city,
    tier: customer.tier.charAt(0).toUpperCase() + customer.tier.slice(1),
    policy_number: customer.policyNumber,
    product_name: customer.productName,
    premium_amount:
      premium === null || currency === null ? null : formatMicros(BigInt(premium), currency, locale),
    renewal_date:
      renewalDate === null ? null : dateFormat(locale).format(new Date(`${renewalDate}T00:00:00Z`)),
  };
}

const MICROS = 1_000_000n;

/** ₹12,500 for whole amounts, ₹12,500.50 for others. Exact: the units never pass through a float. */
function formatMicros(micros: bigint, currency: string, locale: string): string {
  const cents = (micros * 100n) / MICROS;
  const whole = cents % 100n === 0n;
  const amount = `${cents / 100n}.${String(cents % 100n).padStart(2, "0")}` as Intl.StringNumericLiteral;
  return moneyFormat(locale, currency, whole ? 0 : 2).format(amount);
}

const formats = new Map<string, Intl.NumberFormat>();
const dates = new Map<string, Intl.DateTimeFormat>();

function moneyFormat(locale: string, currency: string, digits: number): Intl.NumberFormat {
  const key = `${locale} ${currency} ${digits}`;
  const known = formats.get(key);
  if (known) return known;
  const options = {
    style: "currency",
    currency,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  } as const;
  const format = new Intl.NumberFormat(locale, options);
  formats.set(key, format);
  return format;
}

function dateFormat(locale: string): Intl.DateTimeFormat {
  const known = dates.get(locale);
  if (known) return known;
  const format = new Intl.DateTimeFormat(locale, {
    day: "numeric",
    month: "long",
    year: "numeric",
    timeZone: "UTC",
  });
  dates.set(locale, format);
  return format;
}
