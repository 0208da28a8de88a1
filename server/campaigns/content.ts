import { z } from "zod";
import { campaignCategories } from "./status";

/** BCP 47 language of a body; a customer gets the one of the own language, else the campaign's first. */
const language = z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]+)*$/);

/** What a mail says. The body is the rich text of `server/templates`; tags may stand in all three. */
export const emailBody = z.object({
  subject: z.string(),
  preheader: z.string().default(""),
  body: z.string(),
});
/** What an SMS says. In India the text is picked from the DLT registry; `variables` fill its `{#var#}` in order. */
export const smsBody = z.object({
  text: z.string(),
  dltTemplateId: z.string().nullable().default(null),
  variables: z.array(z.string()).default([]),
});
/** WhatsApp outside the 24 h window: an approved template, its variables filled with texts that may hold tags. */
export const whatsappBody = z.object({
  templateId: z.string().nullable().default(null),
  variables: z.array(z.string()).default([]),
  /** What fills a header image or document: the id of an uploaded file. */
  headerFileId: z.string().nullable().default(null),
  /** Targets of the template's url buttons, in order. */
  buttonUrls: z.array(z.string()).default([]),
});

/** Channel → language → body. The first language is the one for customers of other languages. */
export const bodiesSchema = z.object({
  email: z.record(language, emailBody).optional(),
  sms: z.record(language, smsBody).optional(),
  whatsapp: z.record(language, whatsappBody).optional(),
});
export type Bodies = z.infer<typeof bodiesSchema>;

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

/** What a run sends, as it stood at launch; the snapshot in `campaign_runs.content`. */
export const runContentSchema = z.object({
  channel: z.literal("email"),
  category: z.enum(campaignCategories),
  purpose: z.enum(["promotional", "service"]),
  subject: z.string(),
  body: z.string(),
  fallbacks: z.record(z.string(), z.string()),
  companyName: z.string(),
  fromName: z.string(),
});
export type RunContent = z.infer<typeof runContentSchema>;
