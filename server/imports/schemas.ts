import { z } from "zod";

/** The largest file that is taken, in bytes. */
export const MOST_BYTES = 200 * 1024 * 1024;

/** Customer fields that a column can fill. */
export const importFields = {
  external_id: { label: "External id", hint: "Your own number for the customer" },
  name: { label: "Name", hint: "The full name" },
  phone: { label: "Phone", hint: "Any usual spelling; kept as +91…" },
  email: { label: "E-mail", hint: "" },
  language: { label: "Language", hint: "en, hi, Hindi, हिन्दी …" },
  tier: { label: "Tier", hint: "Platinum, gold, silver or bronze" },
  city: { label: "City", hint: "" },
  birth_date: { label: "Birth date", hint: "Day before month: 31/12/1980, or 1980-12-31" },
} as const;
export type ImportField = keyof typeof importFields;
export const importFieldNames = Object.keys(importFields) as ImportField[];

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

/** What the people in the file agreed to. Promotion is never assumed. */
export const importConsentSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("none") }),
  z.object({
    kind: z.literal("promotional"),
    channels: z.array(z.enum(consentChannels)).min(1, "Choose at least one channel."),
    text: z
      .string()
      .trim()
      .min(10, "Give the words that the customers agreed to.")
      .max(2_000, "Give at most 2,000 characters."),
    /** The latest day on which they agreed, `YYYY-MM-DD`. */
    date: z.iso.date("Give the day on which they agreed."),
  }),
]);
export type ImportConsent = z.infer<typeof importConsentSchema>;

export const importOptionsSchema = z.object({
  /** False when the first row is a customer already. */
  hasHeader: z.boolean().default(true),
  /** The row's place in the file becomes the external id (for files that name nobody). */
  rowNumberAsId: z.boolean().default(false),
  /** Numbers without a country code belong to this country (ISO 3166). */
  country: z.string().length(2).default("IN"),
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
