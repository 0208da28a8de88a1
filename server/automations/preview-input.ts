import { automatedSchema, previewInput as contentInput } from "@/server/campaigns/schemas";

/** A schedule, saved or not, the audience that it is within, and what says to whom its messages go. */
export const previewInput = contentInput
  .pick({ audience: true, category: true, channels: true })
  .extend({ schedule: automatedSchema });
