import { z } from "zod";
import { brandingSchema, utmSchema } from "@/server/campaigns/content";

/** Most of each, so that the foot of a mail stays one. */
export const most = { senderNames: 5, social: 6 } as const;

const withoutBlanks = (list: string[]): string[] => list.filter((each) => each !== "");

/** What an administrator sets on the branding screen; text is what customers read. */
export const brandingInput = brandingSchema.extend({
  companyName: z.string().trim().max(120, "Keep the name under 120 characters.").default(""),
  address: z.string().trim().max(300, "Keep the address under 300 characters.").default(""),
  footer: z.string().trim().max(500, "Keep the text under 500 characters.").default(""),
  replyTo: z.union([z.literal(""), z.email("This is not an e-mail address.")]).default(""),
  senderNames: z
    .array(z.string().trim().max(60, "Keep a name under 60 characters."))
    .max(most.senderNames)
    .transform(withoutBlanks),
  social: z
    .array(
      z.union([
        z.literal(""),
        z.url({ protocol: /^https?$/, error: "A link needs a full address that starts with https://." }),
      ]),
    )
    .max(most.social)
    .transform(withoutBlanks),
});

/** `utm`: what is added to links of campaigns that say nothing else; without a source nothing is. */
export const changeBrandingInput = brandingInput.extend({ utm: utmSchema });
export type ChangeBrandingInput = z.infer<typeof changeBrandingInput>;

export const previewBrandingInput = z.object({
  branding: brandingInput,
  language: z.enum(["en", "hi"]).default("en"),
});
export type PreviewBrandingInput = z.infer<typeof previewBrandingInput>;
