import { z } from "zod";
import { exits, type OwnWords, ownWords, stepSchema } from "@/server/automations/schemas";
import { whatsAppTemplateParts } from "@/server/channels/schemas";
import { type Channel, channels } from "@/server/channels/status";
import {
  isBlankBody,
  richDocument,
  smsBody,
  bodyText as text,
  whatsappBody,
} from "@/server/templates/content";

export {
  contentLimits,
  type SmsBody,
  smsBody,
  type WhatsAppBody,
  whatsappBody,
} from "@/server/templates/content";

import { fromFormerShape } from "./former-shape";

/** BCP 47 language of a body; a customer gets the one of the own language, else the campaign's first. */
const language = z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]+)*$/);

/** What a mail says. The body is the rich text of `server/templates`; tags may stand in all three. */
export const emailBody = z.object({
  subject: text("subject", "the subject"),
  preheader: text("preheader", "the preheader").default(""),
  /** Plain text with `**bold**`, `[label](https://…)` and tags, or the document that the builder writes. */
  body: z.union([text("body", "the message"), richDocument]),
});
export type EmailBody = z.infer<typeof emailBody>;

/** Channel → language → body. */
export const bodiesSchema = z.object({
  email: z.record(language, emailBody).optional(),
  sms: z.record(language, smsBody).optional(),
  whatsapp: z.record(language, whatsappBody).optional(),
});
export type Bodies = z.infer<typeof bodiesSchema>;

/** Whether nobody has written anything for this channel and language. */
export function isBlank(bodies: Bodies, channel: Channel, language: string): boolean {
  if (channel === "email") {
    const { subject = "", body = "" } = bodies.email?.[language] ?? {};
    return subject.trim() === "" && isBlankBody(body);
  }
  if (channel === "sms") {
    const { text = "", dltTemplateId = null } = bodies.sms?.[language] ?? {};
    return text.trim() === "" && dltTemplateId === null;
  }
  const { templateId = null, text = "" } = bodies.whatsapp?.[language] ?? {};
  return templateId === null && text.trim() === "";
}

/** Channels in order of preference: a customer gets the first one that reaches and allows it. */
export const channelsSchema = z
  .array(z.enum(channels))
  .max(channels.length)
  .refine((list) => new Set(list).size === list.length, "A channel can stand in the order once.");

/** Languages of the campaign; the first is for customers of other languages (jsonb keeps no order of its own). */
export const languagesSchema = z
  .array(language)
  .min(1)
  .max(20)
  .refine((list) => new Set(list).size === list.length, "A language can be there once.");

export const fallBackSchema = z.object({
  channel: z.literal("sms"),
  afterHours: z.number().int().min(1).max(72),
});
export type FallBack = z.infer<typeof fallBackSchema>;

/** A file that travels with an e-mail, or is linked from it. */
export const attachmentSchema = z.object({
  fileId: z.string(),
  name: z.string(),
  mediaType: z.string(),
  bytes: z.number().int().nonnegative(),
});
export type Attachment = z.infer<typeof attachmentSchema>;

/** How a workspace's mails look and what stands at their foot; null or empty where nothing was set. */
export const brandingSchema = z.object({
  /** In place of the workspace's name. */
  companyName: z.string().max(120).default(""),
  logoFileId: z.string().nullable().default(null),
  /** `#rrggbb` */
  accent: z
    .string()
    .regex(/^#[0-9a-f]{6}$/i)
    .nullable()
    .default(null),
  /** Behind the message, by day; `#rrggbb`. */
  page: z
    .string()
    .regex(/^#[0-9a-f]{6}$/i)
    .nullable()
    .default(null),
  /** The postal address at the foot. */
  address: z.string().max(300).default(""),
  /** Under it: licence numbers, a disclaimer. */
  footer: z.string().max(500).default(""),
  /** Whom mails may come from; the first unless a campaign chooses another. */
  senderNames: z.array(z.string().max(60)).max(5).default([]),
  /** Where answers go; empty: to the sender's address. */
  replyTo: z.string().max(254).default(""),
  /** Addresses of pages, named by their hosts. */
  social: z.array(z.string().max(300)).max(6).default([]),
});
export type BrandingSettings = z.infer<typeof brandingSchema>;

/** What is added to the links of a message unless it stands there already; an empty value adds nothing. */
export const utmSchema = z.object({
  source: z.string().max(100).default(""),
  medium: z.string().max(100).default(""),
  campaign: z.string().max(100).default(""),
  content: z.string().max(100).default(""),
  term: z.string().max(100).default(""),
});
export type Utm = z.infer<typeof utmSchema>;

/** "Renewal drive, December" → `renewal-drive-december`; letters of every script stay. */
export const slugOf = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 100);

/**
 * What is counted of what readers do. Without clicks, links lead straight to their targets and are not shortened; the buttons
 * of WhatsApp templates always lead through here, because their address was approved so.
 */
export const trackingSchema = z.object({
  opens: z.boolean().default(true),
  clicks: z.boolean().default(true),
});
export type Tracking = z.infer<typeof trackingSchema>;

/** What the variants of an A/B/n test differ in. */
export const variedParts = ["subject", "body", "channel"] as const;
/** What they are compared by: customers who did it, of those whom the message reached. */
export const testMetrics = ["clicked", "replied", "converted", "opened"] as const;
export const MOST_VARIANTS = 5;
export const mostWaitHours = 168;

const wholeNumber = (least: number, most: number) =>
  z
    .number("A whole number.")
    .int("A whole number.")
    .min(least, `At least ${least.toLocaleString("en-IN")}.`)
    .max(most, `At most ${most.toLocaleString("en-IN")}.`);

/**
 * One version of the content; its place among the others is `executions.variant`. The first says what the campaign says, and
 * changes nothing of it; the others hold what they say instead.
 */
export const variantSchema = z.object({
  /** Percent of those in the test. */
  share: wholeNumber(1, 99),
  /** Language → subject, where subjects differ. */
  subjects: z.record(language, text("subject", "the subject")).default({}),
  bodies: bodiesSchema.nullable().default(null),
  channels: channelsSchema.nullable().default(null),
});
export type Variant = z.infer<typeof variantSchema>;

const abTestFields = z.object({
  varies: z.enum(variedParts),
  metric: z.enum(testMetrics),
  /** Customers reached by each variant before anything is concluded. */
  minimumSample: wholeNumber(1, 1_000_000),
  /** Who says which one won: the sequential test, a person, or nobody. */
  winner: z.enum(["auto", "hand", "none"]),
  /** Percent of the audience in the test; the rest gets the winner. 100: everybody is in it. */
  testShare: wholeNumber(5, 100),
  /** The rest waits at most so long for a winner, then it gets the first variant. */
  waitHours: wholeNumber(1, mostWaitHours),
});
export const abTestSchema = abTestFields
  .extend({ variants: z.array(variantSchema).min(2).max(MOST_VARIANTS) })
  .refine((test) => test.winner !== "auto" || test.metric !== "opened", {
    path: ["metric"],
    message:
      "Opens alone never choose a winner: mail programs open messages by themselves. Choose another metric.",
  })
  .refine((test) => test.winner !== "none" || test.testShare === 100, {
    path: ["testShare"],
    message: "Without a winner nobody can wait for one: the whole audience is in the test.",
  });
export type AbTest = z.infer<typeof abTestSchema>;

/** A variant as a run freezes it; null where it says what the run says. */
const runVariantSchema = z.object({
  /** "A" … "E". */
  name: z.string(),
  share: z.number(),
  bodies: bodiesSchema.nullable(),
  channels: channelsSchema.nullable(),
});
export type RunVariant = z.infer<typeof runVariantSchema>;

/** A WhatsApp template as it stood when it was chosen for a run. */
export const chosenTemplate = z.object({
  name: z.string(),
  language: z.string(),
  category: z.enum(["marketing", "utility", "authentication"]),
  parts: whatsAppTemplateParts,
});
export type ChosenTemplate = z.infer<typeof chosenTemplate>;

/** A registered SMS text as it stood when it was chosen for a run. */
export const chosenRegistration = z.object({
  entityId: z.string(),
  header: z.string(),
  templateId: z.string(),
  name: z.string(),
  category: z.enum(["promotional", "service_explicit", "service_implicit", "transactional"]),
  text: z.string(),
});
export type ChosenRegistration = z.infer<typeof chosenRegistration>;

/** A message that follows the first one in an automation. */
const followUp = z.object({
  channel: z.enum(channels),
  /** Words of its own; null: the campaign's on that channel. */
  own: ownWords.nullable(),
  /** Links before its own in the run: links are counted over all messages of a run. */
  linkBase: z.number().default(0),
});

const runContentFields = z.object({
  /** Not an enum: a category that was renamed must not stop an old run. */
  category: z.string(),
  purpose: z.enum(["promotional", "service"]),
  channels: channelsSchema,
  languages: languagesSchema,
  bodies: bodiesSchema,
  fallbacks: z.record(z.string(), z.string()),
  attachments: z.array(attachmentSchema).default([]),
  /** Key → type of the custom attributes that the bodies speak of. */
  attributes: z.record(z.string(), z.string()).default({}),
  /** By the ids that the bodies name. */
  templates: z.record(z.string(), chosenTemplate).default({}),
  registrations: z.record(z.string(), chosenRegistration).default({}),
  branding: brandingSchema.default(() => brandingSchema.parse({})),
  utm: utmSchema.nullable().default(null),
  tracking: trackingSchema.default(() => trackingSchema.parse({})),
  currency: z.string().default("INR"),
  companyName: z.string(),
  fromName: z.string(),
  /** By the number in `executions.variant`; empty without a test. */
  variants: z.array(runVariantSchema).default([]),
  abTest: abTestFields.nullable().default(null),
  /** `2026-12-01T10:30`: nobody gets it before it is that time at their own place; null: the run's start decides. */
  sendAt: z.string().nullable().default(null),
  followUps: z.array(followUp).default([]),
  /** Where the numbers of these bodies' links begin. */
  linkBase: z.number().default(0),
  /** The steps of an automation's version, and what makes somebody leave; see server/automations/schemas.ts. */
  steps: z.array(stepSchema).default([]),
  exits: z.array(z.enum(exits)).default([]),
  /** The policy types that its triggers are about; empty: every type. */
  policyTypes: z.array(z.string()).default([]),
});

/** What a run sends, as it stood at launch; the snapshot in `campaign_runs.content`, also the one of earlier releases. */
export const runContentSchema = z.preprocess(fromFormerShape, runContentFields);
export type RunContent = z.infer<typeof runContentFields>;

/** Messages of a sequence have even steps; the odd one after each is its fall-back on another channel. */
export const stepOfFollowUp = (nth: number): number => 2 * (nth + 1);

/** What the message at this step says: the run's own content, or that of the follow-up whose step it is. */
export function contentAt(content: RunContent, step: number): RunContent {
  const follow = content.followUps[Math.floor(step / 2) - 1];
  if (!follow) return content;
  // The fall-back of a follow-up speaks with the campaign's words on the other channel.
  if (step % 2 === 1) return content;
  return ownContent(content, follow) ?? { ...content, channels: [follow.channel] };
}

/** What a follow-up says in words of its own, in the campaign's first language; null when it has none. */
export function ownContent(
  content: RunContent,
  { channel, own, linkBase = 0 }: { channel: Channel; own: OwnWords | null; linkBase?: number },
): RunContent | null {
  const words = own?.[channel];
  if (!words) return null;
  const [language = "en"] = content.languages;
  const body = channel === "email" ? { preheader: "", ...words } : words;
  const bodies = bodiesSchema.parse({ [channel]: { [language]: body } });
  return { ...content, channels: [channel], languages: [language], bodies, variants: [], linkBase };
}
