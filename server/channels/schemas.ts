import { z } from "zod";

export const templateCategories = ["marketing", "utility", "authentication"] as const;
export type TemplateCategory = (typeof templateCategories)[number];

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
});
export type WhatsAppTemplateParts = z.infer<typeof whatsAppTemplateParts>;
