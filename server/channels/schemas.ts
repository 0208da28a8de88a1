import { z } from "zod";
import { ownProviders } from "./providers";

export { type OwnProvider, ownProviders, providerForms } from "./providers";

import { channels, type Provider, providers } from "./status";

export const templateCategories = ["marketing", "utility", "authentication"] as const;
export type TemplateCategory = (typeof templateCategories)[number];

/** Settings of the sandbox, for its form. */
export { quietScript, type SandboxConfig, sandboxConfig, usualScript } from "./sandbox/schemas";

/** A WhatsApp template as its owner wrote it: `{{1}}`, `{{2}}` … are filled for each message. */
export const whatsAppTemplateParts = z.object({
  header: z
    .discriminatedUnion("kind", [
      z.object({ kind: z.literal("text"), text: z.string().max(60) }),
      z.object({ kind: z.enum(["image", "document", "video"]) }),
    ])
    .nullable(),
  body: z.string().min(1).max(1_024),
  footer: z.string().max(60).nullable(),
  buttons: z
    .array(
      z.discriminatedUnion("kind", [
        z.object({ kind: z.literal("quick_reply"), label: z.string().min(1).max(25) }),
        /** The address may end in `{{1}}`: the message's own link goes there. */
        z.object({ kind: z.literal("url"), label: z.string().min(1).max(25), url: z.string() }),
        z.object({ kind: z.literal("phone"), label: z.string().min(1).max(25), phone: z.string() }),
      ]),
    )
    .max(10),
  /** What stands for `{{1}}`, `{{2}}` … where somebody looks at the template: its own screen, and Meta's people. */
  samples: z.array(z.string().max(200)).max(50).optional(),
});
export type WhatsAppTemplateParts = z.infer<typeof whatsAppTemplateParts>;

const name = z.string().trim().min(1, "Give the account a name, so that you find it again.").max(80);
const settings = z.record(z.string(), z.unknown());
/** An empty field means: keep what is stored. */
const secretFields = z.record(z.string(), z.string().max(2_000));

export const accountId = z.object({ accountId: z.string() });

export const addAccountInput = z.object({
  channel: z.enum(channels),
  provider: z.enum(ownProviders),
  name,
  config: settings,
  secrets: secretFields,
  makeDefault: z.boolean().default(true),
});
export type AddAccountInput = z.infer<typeof addAccountInput>;

export const changeAccountInput = accountId.extend({ name, config: settings, secrets: secretFields });
export type ChangeAccountInput = z.infer<typeof changeAccountInput>;

/** A form that is not saved yet; with an account's id, its stored secrets fill what is empty. */
export const checkConnectionInput = z.object({
  accountId: z.string().nullable(),
  channel: z.enum(channels),
  provider: z.enum(ownProviders),
  config: settings,
  secrets: secretFields,
});
export type CheckConnectionInput = z.infer<typeof checkConnectionInput>;

export const limitsInput = accountId.extend({
  ratePerSecond: z
    .number()
    .positive("More than 0, or leave it empty.")
    .max(10_000, "At most 10,000 a second.")
    .nullable(),
  dailyLimit: z.number().int().min(1, "At least 1, or leave it empty.").max(100_000_000).nullable(),
});
export type LimitsInput = z.infer<typeof limitsInput>;

export const sendTestInput = accountId.extend({
  to: z.string().trim().min(3, "Where should the test go?").max(254),
  /** WhatsApp: an approved template; null: a few words, allowed for 24 h after the person wrote. */
  templateId: z.string().nullable().default(null),
  /** SMS to India: a text of the registry. */
  registrationId: z.string().nullable().default(null),
  variables: z.array(z.string().max(500)).max(50).default([]),
});

export const testId = z.object({ testId: z.string() });

export const setPriceInput = z.object({
  channel: z.enum(channels),
  provider: z.enum(Object.keys(providers) as [Provider, ...Provider[]]),
  category: z.string().regex(/^[a-z]{3,20}$/),
  country: z.string().regex(/^([A-Z]{2}|\*)$/, "Two letters, like IN, or * for everywhere."),
  /** In major units: 0.8631. */
  price: z
    .string()
    .trim()
    .regex(/^\d{1,6}(\.\d{1,6})?$/, "An amount like 0.8631."),
  currency: z.string().regex(/^[A-Z]{3}$/, "Three letters, like INR."),
  /** In percent: 18. */
  tax: z
    .string()
    .trim()
    .regex(/^\d{1,2}(\.\d{1,2})?$/, "A percentage like 18."),
  validFrom: z.iso.date("Choose a day."),
});
export type SetPriceInput = z.infer<typeof setPriceInput>;

export const priceId = z.object({ priceId: z.string() });

/** The file as text: the browser reads it. */
export const registryFileInput = z.object({
  content: z.string().min(1, "The file is empty.").max(2_000_000, "The file is longer than 2 MB."),
  /** For files without a column for it. */
  entityId: z
    .string()
    .trim()
    .regex(/^(\d{15,25}|)$/, "The principal entity id of the DLT portal: 19 digits.")
    .default(""),
});
export type RegistryFileInput = z.infer<typeof registryFileInput>;

export const importRegistryInput = registryFileInput.extend({
  /** What the file does not hold any more becomes inactive. */
  complete: z.boolean().default(false),
});
export type ImportRegistryInput = z.infer<typeof importRegistryInput>;

const some = <Value extends string>(values: readonly [Value, ...Value[]]) =>
  z.array(z.enum(values)).max(values.length).optional();
const cursor = z.string().max(40).nullish();
const search = z.string().trim().max(100).optional();

export const registryPageInput = z.object({
  search,
  category: some(["promotional", "service_explicit", "service_implicit", "transactional"]),
  status: some(["active", "inactive"]),
  after: cursor,
  before: cursor,
});
export type RegistryPageInput = z.infer<typeof registryPageInput>;

export const templatePageInput = z.object({
  search,
  category: some(templateCategories),
  approval: some(["draft", "submitted", "approved", "rejected", "paused", "disabled"]),
  after: cursor,
  before: cursor,
});
export type TemplatePageInput = z.infer<typeof templatePageInput>;

type Query = Record<string, string | string[] | undefined>;

/** What an address asks of a list; anything odd in it is passed over. */
function asked(params: Query, lists: readonly string[]): Record<string, unknown> {
  const one = (name: string) => [params[name] ?? []].flat()[0];
  return {
    ...{ search: one("q")?.slice(0, 100), after: one("after"), before: one("before") },
    ...Object.fromEntries(lists.map((name) => [name, [params[name] ?? []].flat()])),
  };
}

export const readRegistryQuery = (params: Query): RegistryPageInput =>
  registryPageInput.catch({}).parse(asked(params, ["category", "status"]));

export const readTemplateQuery = (params: Query): TemplatePageInput =>
  templatePageInput.catch({}).parse(asked(params, ["category", "approval"]));

export const registrationInput = z.object({
  registrationId: z.string(),
  /** The provider's own id of the text; empty: it is known there by its DLT id. */
  providerId: z.string().trim().max(80),
});

export const templateId = z.object({ templateId: z.string() });

export const saveTemplateInput = z.object({
  /** Null: a new one. */
  templateId: z.string().nullable(),
  accountId: z.string(),
  name: z
    .string()
    .trim()
    .regex(/^[a-z0-9_]{1,512}$/, "Small letters, digits and underscores, like renewal_reminder."),
  language: z.string().regex(/^[a-z]{2,3}(_[A-Z]{2})?$/, "A language like en or hi."),
  category: z.enum(templateCategories),
  parts: whatsAppTemplateParts,
});
export type SaveTemplateInput = z.infer<typeof saveTemplateInput>;

export const receiptId = z.object({ receiptId: z.string() });
