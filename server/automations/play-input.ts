import { z } from "zod";
import { automatedSchema, previewInput } from "@/server/campaigns/schemas";
import { eventName } from "@/server/events/schemas";
import { type Happening, happenings } from "./status";

const kinds = Object.keys(happenings) as [Happening, ...Happening[]];

/** An automation, saved or not, one customer, the moment at which they enter, and what they are assumed to do after it. */
export const playInput = previewInput
  .omit({ channel: true, language: true, turn: true, policyTypes: true })
  .extend({
    campaignId: z.string(),
    customerId: z.string(),
    schedule: automatedSchema,
    /** The trigger that lets them in, by its place. */
    trigger: z.number().int().min(0).default(0),
    /** Which of the trigger's entries is played, as `occasions` of an answer names it; absent: the one that comes first. */
    occurrence: z.string().max(200).optional(),
    holdOut: z.number().int().min(0).max(50).default(0),
    /** Local time of the workspace, `2026-12-01T10:30`; absent: when a day's trigger next lets them in, else now. */
    start: z.iso.datetime({ local: true, offset: false, precision: -1 }).optional(),
    assumed: z
      .array(
        z.object({
          what: z.enum(kinds),
          /** The event's, where `what` is one. */
          name: eventName.optional(),
          afterMinutes: z
            .number()
            .int()
            .min(1, "After at least a minute.")
            .max(366 * 24 * 60, "Within a year."),
        }),
      )
      .max(20, "At most 20 things.")
      .default([]),
  });
