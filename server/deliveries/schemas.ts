import { z } from "zod";
import { channels } from "@/server/channels/status";
import { executionStates, reactions } from "./status";

export const ofCampaign = z.object({ campaignId: z.string() });

export const recipientsInput = ofCampaign.extend({
  state: z.enum(executionStates).optional(),
  reason: z.string().max(60).optional(),
  /** What the recipient did, instead of where the message stands. */
  did: z.enum(reactions).optional(),
  /** Part of a name, an address or a customer number. */
  search: z.string().trim().max(100).optional(),
  /** Cursors of an earlier page. */
  after: z.string().max(40).optional(),
  before: z.string().max(40).optional(),
});
export type RecipientsInput = z.infer<typeof recipientsInput>;

export const explainInput = ofCampaign.extend({ customerId: z.string() });

export const tryRulesInput = z.object({
  customerId: z.string(),
  channel: z.enum(channels),
  purpose: z.enum(["promotional", "service"]),
  /** `YYYY-MM-DDTHH:MM` in the workspace's zone; null: now. */
  localTime: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/, "Choose a day and a time.")
    .nullable(),
});
export type TryRulesInput = z.infer<typeof tryRulesInput>;

export const settleInput = ofCampaign.extend({
  /** `again`: send it once more. */
  outcome: z.enum(["sent", "failed", "again"]),
  /** One message; without it, every message of the campaign whose outcome is unknown. */
  publicId: z.string().max(60).optional(),
});
export type SettleInput = z.infer<typeof settleInput>;
