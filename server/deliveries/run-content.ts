import type { z } from "zod";
import { runContentSchema } from "@/server/campaigns/content";

/** What the sender reads of a run's snapshot. Not its category: one that was renamed must not stop an old run. */
export const sentContentSchema = runContentSchema.omit({ category: true, channel: true });
export type SentContent = z.infer<typeof sentContentSchema>;
