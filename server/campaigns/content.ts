import { z } from "zod";
import { campaignCategories } from "./status";

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
