import { z } from "zod";

export const ofCampaign = z.object({ campaignId: z.string() });

export const chooseInput = ofCampaign.extend({
  runNumber: z.number().int().positive(),
  variant: z.number().int().min(0).max(4),
  reason: z
    .string()
    .trim()
    .min(1, "Say why: whoever looks at the test later reads it.")
    .max(500, "Keep the reason under 500 characters."),
});
export type ChooseInput = z.input<typeof chooseInput>;
