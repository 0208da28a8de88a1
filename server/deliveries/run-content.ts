import { z } from "zod";

/** What the sender reads of a run's snapshot (`campaign_runs.content`, written at launch). */
export const sentContentSchema = z.object({
  purpose: z.enum(["promotional", "service"]),
  subject: z.string(),
  body: z.string(),
  fallbacks: z.record(z.string(), z.string()),
  preheader: z.string().optional(),
  companyName: z.string(),
  fromName: z.string(),
});
export type SentContent = z.infer<typeof sentContentSchema>;
