import { z } from "zod";

/** The largest file that is taken, in bytes. */
export const MOST_BYTES = 200_000_000;
/** A workbook is packed: so much of it holds a million rows. */
export const MOST_WORKBOOK_BYTES = 50_000_000;

/** Files to fill in. */
export const templateKinds = { customers: "Customers", policies: "Policies" } as const;

/** What the fields of a file are about, in the order in which they are offered. */
export const fieldGroups = { customer: "Customer", policy: "Policy", payment: "Premium payment" } as const;
export type FieldGroup = keyof typeof fieldGroups;
type FieldLook = { label: string; hint: string; group: FieldGroup };

/** Fields that a column can fill. */
export const importFields = {
  external_id: { label: "External id", hint: "Your own number for the customer", group: "customer" },
  name: { label: "Name", hint: "The full name", group: "customer" },
  phone: { label: "Phone", hint: "Any usual spelling; kept as +91…", group: "customer" },
  email: { label: "E-mail", hint: "", group: "customer" },
  language: { label: "Language", hint: "en, hi, Hindi, हिन्दी …", group: "customer" },
  tier: { label: "Tier", hint: "Platinum, gold, silver or bronze", group: "customer" },
  city: { label: "City", hint: "", group: "customer" },
  birth_date: { label: "Birth date", hint: "31/12/1980, 31-Dec-80, 1980-12-31", group: "customer" },
  policy_number: {
    label: "Policy number",
    hint: "Makes this a file of policies: one row for each",
    group: "policy",
  },
  product_name: { label: "Product", hint: "The name of the plan", group: "policy" },
  policy_type: { label: "Kind of policy", hint: "Term, health, motor …", group: "policy" },
  policy_status: { label: "Policy status", hint: "In force, lapsed, paid up …", group: "policy" },
  premium: { label: "Premium", hint: "One instalment: ₹1,23,456.00", group: "policy" },
  sum_assured: { label: "Sum assured", hint: "₹5,00,000 or 5 lakh", group: "policy" },
  payment_mode: {
    label: "Payment mode",
    hint: "Monthly, quarterly, half-yearly, yearly, single",
    group: "policy",
  },
  auto_debit: { label: "Auto-debit", hint: "Yes or no; NACH, ECS, cash …", group: "policy" },
  start_date: { label: "Start date", hint: "When the policy began", group: "policy" },
  grace_days: { label: "Grace days", hint: "15 monthly, else 30, where left out", group: "policy" },
  due_date: { label: "Due date", hint: "The premium due next, or first unpaid", group: "payment" },
  payment_status: { label: "Payment status", hint: "Due, paid, overdue, bounced …", group: "payment" },
  paid_on: { label: "Paid on", hint: "When the last premium arrived", group: "payment" },
  amount_due: { label: "Amount due", hint: "Where it differs from the premium", group: "payment" },
} as const satisfies Record<string, FieldLook>;
export type ImportField = keyof typeof importFields;
export const importFieldNames = Object.keys(importFields) as ImportField[];

/** True when the file has one row for each policy. */
export const holdsPolicies = (mapping: Record<string, string>): boolean =>
  Object.values(mapping).includes("policy_number");

/** True when the file says what is paid and what is due: its day is then the age of what we know of payments. */
export const holdsPayments = (mapping: Record<string, string>): boolean =>
  holdsPolicies(mapping) &&
  Object.values(mapping).some((target) => target === "due_date" || target === "payment_status");

const ATTRIBUTE = /^attribute:[a-z0-9_]{1,60}$/;

/** Column header → field or `attribute:name`; a header that is not there is left out. */
export const mappingSchema = z
  .record(
    z.string(),
    z.union([z.enum(importFieldNames as [ImportField, ...ImportField[]]), z.string().regex(ATTRIBUTE)]),
  )
  .superRefine((mapping, ctx) => {
    const seen = new Map<string, string>();
    for (const [header, target] of Object.entries(mapping)) {
      const first = seen.get(target);
      if (first !== undefined)
        ctx.addIssue({
          code: "custom",
          path: [header],
          message: `“${first}” and “${header}” both fill the same field. Leave one of them out.`,
        });
      else seen.set(target, header);
    }
  });

export const consentChannels = ["email", "sms", "whatsapp", "call"] as const;
export type ConsentChannel = (typeof consentChannels)[number];
export const consentChannelLabels = {
  email: "E-mail",
  sms: "SMS",
  whatsapp: "WhatsApp",
  call: "Calls",
} as const satisfies Record<ConsentChannel, string>;

export const consentPurposes = ["promotional", "service"] as const;
export type ConsentPurpose = (typeof consentPurposes)[number];
export const consentPurposeLabels = {
  promotional: "Promotion",
  service: "Service messages",
} as const satisfies Record<ConsentPurpose, string>;

const grant = z.object({ channel: z.enum(consentChannels), purpose: z.enum(consentPurposes) });
export type ConsentGrant = z.infer<typeof grant>;

const statedConsent = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("none") }),
  z.object({
    kind: z.literal("given"),
    grants: z.array(grant).min(1, "Choose at least one channel and purpose."),
    text: z
      .string()
      .trim()
      .min(10, "Give the words that the customers agreed to.")
      .max(2_000, "Give at most 2,000 characters."),
    /** The latest day on which they agreed, `YYYY-MM-DD`. */
    date: z.iso.date("Give the day on which they agreed."),
  }),
]);

/** What the people in the file agreed to, by channel and purpose. Promotion is never assumed. */
export const importConsentSchema = z.preprocess((value) => {
  // Imports of the first weeks knew promotion only.
  const old = value as { kind?: string; channels?: string[] } | null;
  if (old?.kind !== "promotional") return value;
  const grants = (old.channels ?? []).map((channel) => ({ channel, purpose: "promotional" }));
  return { ...old, kind: "given", grants };
}, statedConsent);
export type ImportConsent = z.infer<typeof statedConsent>;

export const importOptionsSchema = z.object({
  /** False when the first row is a customer already. */
  hasHeader: z.boolean().default(true),
  /** Rows above the names of the columns: a title, the day of the list. */
  skipRows: z.number().int().min(0).max(50).default(0),
  /** The sheet of a workbook; null reads the first that has a table. */
  sheet: z.string().max(100).nullable().default(null),
  /** The row's place in the file becomes the external id (for files that name nobody). */
  rowNumberAsId: z.boolean().default(false),
  /** Numbers without a country code belong to this country (ISO 3166). */
  country: z.string().length(2).default("IN"),
  /** How 03/04/2026 is meant. */
  dateOrder: z.enum(["day_first", "month_first"]).default("day_first"),
  /** The day that the payments in the file are of, `YYYY-MM-DD`; null when it holds none. */
  paymentsAsOf: z.iso.date("Give the day that the payments are of.").nullable().default(null),
  consent: importConsentSchema.default({ kind: "none" }),
});
export type ImportOptions = z.infer<typeof importOptionsSchema>;

export const configureInput = z.object({
  importId: z.string(),
  mapping: mappingSchema,
  options: importOptionsSchema,
});
export type ConfigureInput = z.infer<typeof configureInput>;

export const importIdInput = z.object({ importId: z.string() });

export const listImportsInput = z.object({ after: z.string().optional(), before: z.string().optional() });
export type ListImportsInput = z.infer<typeof listImportsInput>;

/** The list's place from a page's address. */
export const importListInputOf = (
  params: Record<string, string | string[] | undefined>,
): ListImportsInput => ({ after: [params.after].flat()[0], before: [params.before].flat()[0] });

/** `attribute:` and a key made of a column's header. */
export function attributeOf(header: string, at: number): string {
  const key = header
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^_+|_+$/g, "")
    .slice(0, 60);
  return `attribute:${key || `column_${at + 1}`}`;
}
