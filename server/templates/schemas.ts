/** Where a tag's value is read. Policy tags read the policy that the message is about, else the one that renews next. */
export type TagSource = "customer" | "policy" | "company";

/** The tags that a message may use, in the order in which the builder offers them. Pure: safe in the browser. */
export const tags = [
  { name: "customer_name", label: "Customer name", example: "Asha Rao", source: "customer" },
  { name: "first_name", label: "First name", example: "Asha", source: "customer" },
  { name: "customer_number", label: "Customer number", example: "C-10482", source: "customer" },
  { name: "city", label: "City", example: "Pune", source: "customer" },
  { name: "tier", label: "Tier", example: "Gold", source: "customer" },
  { name: "policy_number", label: "Policy number", example: "POL-2026-00417", source: "policy" },
  { name: "product_name", label: "Product name", example: "Family Health Plus", source: "policy" },
  { name: "premium_amount", label: "Premium amount", example: "₹12,500", source: "policy" },
  { name: "renewal_date", label: "Renewal date", example: "14 December 2026", source: "policy" },
  { name: "company_name", label: "Company name", example: "Suraksha Insurance", source: "company" },
] as const satisfies readonly { name: string; label: string; example: string; source: TagSource }[];

export type TagName = (typeof tags)[number]["name"];

const names: ReadonlySet<string> = new Set(tags.map((tag) => tag.name));

export const isTagName = (name: string): name is TagName => names.has(name);

/** Tag → the customer's value. Missing, null and blank all mean that the customer has none. */
export type TagValues = Partial<Record<TagName, string | null>>;

/** What a marketer writes. The body is plain text: blank lines part paragraphs, `**bold**`, `[label](https://…)`, tags. */
export type MessageContent = {
  subject: string;
  body: string;
  /** Tag → text used when a customer has no value. A default written in the tag itself goes before it. */
  fallbacks: Record<string, string>;
  /** Whose `language/tag` fallbacks come first. */
  language?: string;
  /** The line that an inbox shows after the subject. */
  preheader?: string;
};

/** Who a message is from, as its reader sees it. */
export type Branding = {
  companyName: string;
  /** `#rrggbb`; anything else is ignored. */
  accent?: string;
  /** One line at the foot, e.g. a postal address. */
  address?: string;
};

/** Something that must be mended before the content can be sent, in words for its writer. */
export type ContentProblem = { message: string; tag?: string };
