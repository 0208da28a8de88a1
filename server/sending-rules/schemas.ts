import { z } from "zod";

/** Promotional messages on one channel to one customer in any `days` days, over all campaigns. */
export const capSchema = z.object({
  most: z.number().int().min(1, "At least 1.").max(100, "At most 100."),
  days: z.number().int().min(1, "At least 1 day.").max(90, "At most 90 days."),
});

/** Null: no cap on that channel. */
export const capsSchema = z.object({
  email: capSchema.nullable(),
  sms: capSchema.nullable(),
  whatsapp: capSchema.nullable(),
});
export type Caps = z.infer<typeof capsSchema>;
