import { z } from "zod";
import { callbackSources, type Urgency, urgencies } from "./status";

/** Longest texts that a request takes, in characters. */
export const limits = { name: 120, description: 4_000, tag: 40 } as const;

const urgencyKeys = Object.keys(urgencies) as [Urgency, ...Urgency[]];

/** A slot that was promised; `[start, end)`. */
export const slotSchema = z
  .object({ start: z.coerce.date(), end: z.coerce.date() })
  .refine(({ start, end }) => end > start, {
    message: "The time has to end after it starts.",
    path: ["end"],
  });

export const requestInput = z.object({
  customerId: z.string().nullish(),
  customerName: z.string().trim().max(limits.name).default(""),
  /** As it was typed; needed unless the customer has one. */
  phone: z.string().trim().max(40).nullish(),
  email: z.string().trim().max(254).nullish(),
  requestType: z
    .string()
    .trim()
    .min(1, "Say what the call is about.")
    .max(60)
    .regex(/^[a-z0-9_]+$/, "Use small letters, digits and underscores."),
  description: z.string().trim().max(limits.description).default(""),
  category: z.string().trim().max(60).nullish(),
  tags: z.array(z.string().trim().min(1).max(limits.tag)).max(20).default([]),
  urgency: z.enum(urgencyKeys).default("medium"),
  language: z.string().max(20).nullish(),
  source: z.enum(callbackSources),
  /** The same key from the same source twice is one request. */
  sourceKey: z.string().max(200).nullish(),
  slot: slotSchema.nullish(),
  execution: z
    .object({ campaignId: z.string(), part: z.number(), runNumber: z.number(), seq: z.number() })
    .nullish(),
});
export type RequestInput = z.input<typeof requestInput>;
