/** Where a tag's value is read. Policy and payment tags read the record that the message is about, else the next one. */
export type TagSource = "customer" | "policy" | "payment" | "advisor" | "call" | "company" | "link";

/** The tags that a message may use, in the order in which the builder offers them. Pure: safe in the browser. */
export const tags = [
  { name: "customer_name", label: "Customer name", example: "Asha Rao", source: "customer" },
  { name: "first_name", label: "First name", example: "Asha", source: "customer" },
  { name: "customer_phone", label: "Phone number", example: "+91 98200 12345", source: "customer" },
  { name: "customer_email", label: "E-mail address", example: "asha@example.com", source: "customer" },
  { name: "customer_number", label: "Customer number", example: "C-10482", source: "customer" },
  { name: "city", label: "City", example: "Pune", source: "customer" },
  { name: "tier", label: "Tier", example: "Gold", source: "customer" },
  { name: "policy_number", label: "Policy number", example: "POL-2026-00417", source: "policy" },
  { name: "policy_type", label: "Policy type", example: "Health", source: "policy" },
  { name: "product_name", label: "Product name", example: "Family Health Plus", source: "policy" },
  { name: "premium_amount", label: "Premium amount", example: "₹12,500", source: "policy" },
  { name: "renewal_date", label: "Renewal date", example: "14 December 2026", source: "policy" },
  { name: "due_date", label: "Due date", example: "14 December 2026", source: "payment" },
  { name: "next_due_date", label: "Due date after that", example: "14 March 2027", source: "payment" },
  {
    name: "policies_due",
    label: "All policies due, as a list",
    example: "PA-1042 ₹12,000 (14 December 2026); PA-1099 ₹8,500 (14 December 2026)",
    source: "payment",
  },
  { name: "agent_name", label: "Advisor’s name", example: "Rohan Mehta", source: "advisor" },
  { name: "call_topic", label: "Topic of the call", example: "Policy issue", source: "call" },
  {
    name: "call_time",
    label: "Promised time of the call",
    example: "Monday, 14 December at 3:30 pm",
    source: "call",
  },
  { name: "company_name", label: "Company name", example: "Suraksha Insurance", source: "company" },
  { name: "callback_link", label: "Link that asks for a call", example: "https://…", source: "link" },
  { name: "unsubscribe_link", label: "Unsubscribe link", example: "https://…", source: "link" },
] as const satisfies readonly { name: string; label: string; example: string; source: TagSource }[];

export type TagName = (typeof tags)[number]["name"];

const names: ReadonlySet<string> = new Set(tags.map((tag) => tag.name));

export const isTagName = (name: string): name is TagName => names.has(name);

/**
 * Stands for the target of a link that asks for a call, in a message and among the links of its run: each recipient has a
 * signed address of their own, which is made when the link is written or followed.
 */
export const CALLBACK_LINK = "{{callback_link}}";

/** The key of `attribute.key`, or null for a tag of the product's own. */
export const attributeKeyOf = (name: string): string | null =>
  /^attribute\.([a-z0-9_]{1,60})$/.exec(name)?.[1] ?? null;

/** A value as its reader sees it, and as conditions and filters compare it: amounts as numbers, days as `YYYY-MM-DD`. */
export type TypedValue = { text: string; raw: string | number | boolean };

/** Tag → the customer's value. Missing, null and blank all mean that the customer has none. */
export type TagValues = { readonly [tag: string]: string | TypedValue | null | undefined };

/** Who a message is from, as its reader sees it. */
export type Branding = {
  companyName: string;
  /** `#rrggbb`; anything else is ignored. */
  accent?: string | null;
  /** Behind the message, by day; `#rrggbb`. */
  page?: string | null;
  /** One line at the foot, e.g. a postal address. */
  address?: string;
  /** Below it: licence numbers, a disclaimer. */
  footer?: string;
  /** Addresses of pages, named by their hosts. */
  social?: readonly string[];
  /** Address of the logo; null: the company's name in its place. */
  logoUrl?: string | null;
};

/** Something that must be mended before the content can be sent, in words for its writer. */
export type ContentProblem = {
  message: string;
  tag?: string;
  /** The line of a plain text or the paragraph of a document, from 1. */
  at?: number;
};

/** The filters of `{{ tag | filter: argument }}`, each with an example for the builder. */
export const filters = [
  { name: "default", example: 'default: "there"', hint: "What to say when there is no value" },
  { name: "upcase", example: "upcase", hint: "CAPITALS" },
  { name: "downcase", example: "downcase", hint: "small letters" },
  { name: "capitalize", example: "capitalize", hint: "First letter capital" },
  { name: "date", example: 'date: "%d %b"', hint: "Another way to write a date" },
  { name: "money", example: "money", hint: "A number as an amount" },
  { name: "truncate", example: "truncate: 20", hint: "At most so many characters" },
] as const;
