import { z } from "zod";
import { contentLimits, emailBody, languagesSchema } from "@/server/campaigns/content";
import { campaignCategories, campaignGoals, campaignTypes } from "@/server/campaigns/status";
import { whatsAppTemplateParts } from "@/server/channels/schemas";
import { channels } from "@/server/channels/status";

export const limits = { name: 120, description: 500, note: 200, fallback: 100 } as const;

/** Where the buttons of the built-in library lead; a workspace says each address once. */
export const linkKeys = [
  "renew",
  "pay",
  "account",
  "details",
  "claims",
  "products",
  "quote",
  "call",
  "refer",
  "feedback",
] as const;
export type LinkKey = (typeof linkKeys)[number];
export const linkLabels = {
  renew: "Renew a policy",
  pay: "Pay a premium",
  account: "Customer account or app",
  details: "Change contact details, nominee or KYC",
  claims: "Follow a claim",
  products: "Plans and riders",
  quote: "Get a quotation",
  call: "Ask for a call",
  refer: "Recommend us",
  feedback: "Answer a question",
} as const satisfies Record<LinkKey, string>;

const language = z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]+)*$/, "A language like en or hi.");

/** A text without a registration: that belongs to one account and is looked up when the template is used. */
export const smsContent = z.object({
  text: z.string().max(contentLimits.sms, `Keep the SMS under ${contentLimits.sms} characters.`),
});

/** A WhatsApp template as a whole, so that it can be made in whatever account carries the channel. */
export const whatsappContent = z.object({
  parts: whatsAppTemplateParts,
  /** What stands for `{{1}}`, `{{2}}` …; tags may stand in it. */
  variables: z.array(z.string().max(contentLimits.variable)).max(50),
  /** Targets of the buttons whose address ends in `{{1}}`, in order. */
  buttonUrls: z.array(z.string().max(contentLimits.url)).max(10),
  /** What fills a header image or document: the id of a file of this workspace. */
  headerFileId: z.string().nullable().default(null),
});
export type WhatsAppContent = z.infer<typeof whatsappContent>;

const fallbackTexts = z.record(z.string().max(120), z.string().max(limits.fallback));

/** What a template says: channel → language → body. */
export const templateContent = z.object({
  email: z.record(language, emailBody).optional(),
  sms: z.record(language, smsContent).optional(),
  whatsapp: z.record(language, whatsappContent).optional(),
  /** Tag, or `language/tag`, → what to say without a value. */
  fallbacks: fallbackTexts.default({}),
});
export type TemplateContent = z.infer<typeof templateContent>;

const name = z
  .string()
  .trim()
  .min(1, "Give the template a name.")
  .max(limits.name, `Keep the name under ${limits.name} characters.`);
const description = z
  .string()
  .trim()
  .max(limits.description, `Keep the description under ${limits.description} characters.`);

/** Channels in order of preference, at least one. */
const channelOrder = z
  .array(z.enum(channels))
  .min(1, "A template needs a channel.")
  .max(channels.length)
  .refine((list) => new Set(list).size === list.length, "A channel can stand in the order once.");

export const templateFields = z.object({
  name,
  description,
  category: z.enum(campaignCategories),
  type: z.enum(campaignTypes),
  goal: z.enum(campaignGoals),
  channels: channelOrder,
  languages: languagesSchema,
  content: templateContent,
});
export type TemplateFields = z.infer<typeof templateFields>;

export const templateId = z.object({ id: z.string() });

/** `version` is the one that the editor loaded or saved last. */
export const updateTemplateInput = templateId.extend({
  version: z.number().int().positive(),
  changes: templateFields.partial(),
});
export type UpdateTemplateInput = z.input<typeof updateTemplateInput>;

export const versionInput = templateId.extend({ version: z.number().int().positive() });
export const approvalInput = versionInput.extend({ approved: z.boolean() });
export const archiveTemplateInput = templateId.extend({ archived: z.boolean() });

export const saveTemplateInput = z.object({
  campaignId: z.string(),
  name,
  description: description.default(""),
});
export type SaveTemplateInput = z.input<typeof saveTemplateInput>;

/** The file as text: the browser reads it. */
export const importTemplatesInput = z.object({
  content: z.string().min(1, "The file is empty.").max(5_000_000, "The file is larger than 5 MB."),
});
export const exportTemplatesInput = z.object({ ids: z.array(z.string()).min(1).max(200) });

/** `version` is absent for the current one. */
export const getTemplateInput = templateId.extend({ version: z.number().int().positive().optional() });

export const previewTemplateInput = getTemplateInput.extend({
  channel: z.enum(channels),
  language,
});
export type PreviewTemplateInput = z.infer<typeof previewTemplateInput>;

/** An empty address takes it away. */
const links = z.partialRecord(z.enum(linkKeys), z.string().max(500));
export const linksInput = z.object({ links });

/** `links`: addresses that the workspace has not said yet; they are kept for the next time. */
export const useTemplateInput = templateId.extend({ links: links.default({}) });
export type UseTemplateInput = z.input<typeof useTemplateInput>;

/** Filters are lists: a template matches when its value is among them, or when the list is empty. */
export const listTemplatesInput = z.object({
  search: z.string().trim().max(100).default(""),
  category: z.array(z.enum(campaignCategories)).default([]),
  channel: z.array(z.enum(channels)).default([]),
  language: z.array(z.string().max(20)).max(20).default([]),
  goal: z.array(z.enum(campaignGoals)).default([]),
  archived: z.boolean().default(false),
  after: z.string().optional(),
  before: z.string().optional(),
  limit: z.number().int().min(1).max(100).default(24),
});
export type ListTemplatesInput = z.input<typeof listTemplatesInput>;

type Query = Record<string, string | string[] | undefined>;

/** The gallery that an address asks for; what it cannot mean is left out, so that an old link still opens. */
export function templateListInputOf(query: Query): z.output<typeof listTemplatesInput> {
  const among = <Value extends string>(key: string, values: readonly Value[]): Value[] =>
    values.filter((value) => [query[key]].flat().includes(value));
  const one = (key: string): string | undefined => [query[key]].flat()[0] || undefined;
  return listTemplatesInput.parse({
    search: one("q")?.slice(0, 100),
    category: among("category", campaignCategories),
    channel: among("channel", channels),
    language: [query.language]
      .flat()
      .filter((value) => language.safeParse(value).success)
      .slice(0, 20),
    goal: among("goal", campaignGoals),
    archived: one("archived") === "yes",
    after: one("after"),
    before: one("after") ? undefined : one("before"),
  });
}

/** The version that an address asks for; undefined for the current one. */
export function versionOf(query: Query): number | undefined {
  const version = Number([query.version].flat()[0]);
  return Number.isInteger(version) && version > 0 && version < 1_000_000 ? version : undefined;
}
