import { isZone } from "@/server/sending-rules";
import type { TagValues, TypedValue } from "@/server/templates/schemas";
import type { DuePolicy } from "./list-due-policies";

/** What tags say of a customer and the policy that the message is about. Amounts in micro-units, days as `YYYY-MM-DD`. */
export type Described = {
  name: string;
  externalId: string | null;
  city: string | null;
  tier: string;
  policyNumber: string | null;
  productName: string | null;
  premium: string | null;
  currency: string | null;
  renewalDate: string | null;
  extras?: TagExtras;
};

/** What only some messages ask for; absent where nothing asked. */
export type TagExtras = {
  email: string | null;
  phone: string | null;
  policyType: string | null;
  dueDate: string | null;
  /** Of the payment that the message is about, in micro-units; null where it is about none on record. */
  dueAmount: string | null;
  dueCurrency: string | null;
  /** With all that fall due on the same day; empty where no tag asks for them. */
  duePolicies: readonly DuePolicy[];
  nextDueDate: string | null;
  advisorName: string | null;
  /** Of the call that the message is about: its topic's key, and the promised time as an ISO instant. */
  callTopic: string | null;
  callAt: string | null;
  /** As it was imported: it need not exist. */
  timeZone: string | null;
  attributes: Record<string, string | number | boolean | null>;
};

/** How a body's language writes dates and amounts in the workspace's region; always with 0 to 9. */
export function localeOf(language: string, workspaceLocale: string): string {
  const { region } = new Intl.Locale(workspaceLocale);
  const own = new Intl.Locale(language, { numberingSystem: "latn" });
  return new Intl.Locale(own, own.region || !region ? {} : { region }).toString();
}

/** Key → type of the custom attributes that may be spoken of. */
type AttributeTypes = Record<string, string>;

/** A customer's values of the tags, as the locale writes them. */
export function tagValues(customer: Described, locale: string, attributes: AttributeTypes = {}): TagValues {
  const { premium, currency, extras } = customer;
  const values: Record<string, string | TypedValue | null | undefined> = {
    customer_name: customer.name,
    first_name: customer.name.trim().split(/\s+/)[0],
    customer_number: customer.externalId,
    city: customer.city,
    tier: customer.tier.charAt(0).toUpperCase() + customer.tier.slice(1),
    policy_number: customer.policyNumber,
    product_name: customer.productName,
    premium_amount: money(extras?.dueAmount ?? premium, extras?.dueCurrency ?? currency, locale),
    renewal_date: day(customer.renewalDate, locale),
  };
  if (!extras) return values;
  values.customer_email = extras.email;
  values.customer_phone = extras.phone;
  values.policy_type = extras.policyType && humanWords(extras.policyType);
  values.due_date = day(extras.dueDate, locale);
  values.next_due_date = day(extras.nextDueDate, locale);
  values.policies_due = extras.duePolicies.map((policy) => dueWords(policy, locale)).join("; ");
  values.agent_name = extras.advisorName;
  values.call_topic = extras.callTopic && humanWords(extras.callTopic);
  values.call_time = timeOf(extras.callAt, extras.timeZone, locale);
  for (const [key, type] of Object.entries(attributes))
    values[`attribute.${key}`] = attributeValue(extras.attributes[key], type, locale);
  return values;
}

/** `two_wheeler` → "Two wheeler". */
const humanWords = (text: string): string => {
  const words = text.replaceAll("_", " ").trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
};

const yesAndNo: Record<string, readonly [yes: string, no: string]> = {
  hi: ["हाँ", "नहीं"],
  mr: ["होय", "नाही"],
  gu: ["હા", "ના"],
  bn: ["হ্যাঁ", "না"],
  ta: ["ஆம்", "இல்லை"],
  te: ["అవును", "కాదు"],
  kn: ["ಹೌದು", "ಇಲ್ಲ"],
};

function attributeValue(
  value: string | number | boolean | null | undefined,
  type: string,
  locale: string,
): TypedValue | string | null {
  if (value === null || value === undefined) return null;
  if (typeof value === "boolean") {
    const [yes, no] = yesAndNo[locale.split("-")[0] ?? ""] ?? ["Yes", "No"];
    return { text: value ? yes : no, raw: value };
  }
  if (typeof value === "number") return { text: numberFormat(locale).format(value), raw: value };
  return type === "date" ? (day(value, locale) ?? value) : value;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;

function day(date: string | null, locale: string): TypedValue | null {
  if (date === null || !DAY.test(date)) return null;
  return { text: dateFormat(locale).format(new Date(`${date}T00:00:00Z`)), raw: date };
}

/** A promised time at the customer's own place. */
function timeOf(at: string | null, timeZone: string | null, locale: string): TypedValue | null {
  if (at === null) return null;
  const zone = timeZone !== null && isZone(timeZone) ? timeZone : "UTC";
  const text = new Intl.DateTimeFormat(locale, {
    weekday: "long",
    day: "numeric",
    month: "long",
    hour: "numeric",
    minute: "2-digit",
    timeZone: zone,
  }).format(new Date(at));
  return { text, raw: at };
}

const MICROS = 1_000_000n;

/** `PA-1042 ₹12,000 (5 December 2026)`: one line, and no word of any language. */
const dueWords = (policy: DuePolicy, locale: string): string =>
  `${policy.policyNumber} ${amount(BigInt(policy.amount), policy.currency, locale).text} (${day(policy.day, locale)?.text ?? policy.day})`;

const money = (micros: string | null, currency: string | null, locale: string): TypedValue | null =>
  micros === null || currency === null ? null : amount(BigInt(micros), currency, locale);

/** ₹12,500 for whole amounts, ₹12,500.50 for others. Exact: the units never pass through a float. */
function amount(micros: bigint, currency: string, locale: string): TypedValue {
  const cents = (micros * 100n) / MICROS;
  const whole = cents % 100n === 0n;
  const decimal = `${cents / 100n}.${String(cents % 100n).padStart(2, "0")}` as Intl.StringNumericLiteral;
  const text = moneyFormat(locale, currency, whole ? 0 : 2).format(decimal);
  return { text, raw: Number(decimal) };
}

/** Formats are dear to make and are asked for with every message. */
function kept<Key extends string, Made>(make: (key: Key) => Made): (key: Key) => Made {
  const known = new Map<Key, Made>();
  return (key) => {
    const found = known.get(key) ?? make(key);
    known.set(key, found);
    return found;
  };
}

const moneyFormats = kept((key: string) => {
  const [locale, currency, digits] = key.split(" ");
  return new Intl.NumberFormat(locale, {
    style: "currency",
    currency: currency ?? "INR",
    minimumFractionDigits: Number(digits),
    maximumFractionDigits: Number(digits),
  });
});
const moneyFormat = (locale: string, currency: string, digits: number) =>
  moneyFormats(`${locale} ${currency} ${digits}`);

const numberFormat = kept((locale: string) => new Intl.NumberFormat(locale, { maximumFractionDigits: 6 }));
const dateFormat = kept(
  (locale: string) =>
    new Intl.DateTimeFormat(locale, { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" }),
);
