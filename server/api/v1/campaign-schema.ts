import { z } from "zod";
import { contentLimits, MOST_VARIANTS } from "@/server/campaigns/content";
import { draftFields, limits } from "@/server/campaigns/schemas";
import {
  campaignCategories,
  campaignGoals,
  campaignStatuses,
  campaignTypes,
} from "@/server/campaigns/status";
import { channels } from "@/server/channels/status";
import { tiers } from "@/server/customers/schemas";
import { money } from "./money";

/** What starts an automated campaign, by the names of this door. */
export const triggerTypes = [
  "event_type",
  "policy_renewal",
  "premium_due",
  "payment_overdue",
  "in_grace",
  "grace_ends",
  "policy_lapsed",
  "birthday",
  "policy_anniversary",
  "inactive_days",
  "engagement_score",
  "segment_entered",
  "segment_left",
] as const;

const ids = z.array(z.uuid()).max(limits.segments);

export const trigger = z.strictObject({
  trigger_type: z.enum(triggerTypes),
  /** The event's name, the days, the score, or the segment's id. */
  trigger_value: z.union([z.string().max(200), z.number()]).nullish(),
  additional_conditions: z
    .strictObject({
      segments: ids.optional(),
      policy_types: z.array(z.string().min(1).max(60)).max(10).optional(),
      /** For `event_type`. */
      properties: z
        .array(
          z.strictObject({
            key: z.string().max(60),
            op: z.enum(["is", "is_not", "at_least", "at_most"]),
            value: z.string().max(200),
          }),
        )
        .max(10)
        .optional(),
      /** For `engagement_score`; it falls unless it is said. */
      direction: z.enum(["rises", "falls"]).optional(),
    })
    .nullish(),
});
export type TriggerBody = z.output<typeof trigger>;

const variant = z.strictObject({
  /** Percent of those in the test; equal parts unless it is said. */
  share: z.number().int().min(1).max(99).optional(),
  subject: z.string().max(contentLimits.subject).optional(),
  message: z.string().max(contentLimits.body).optional(),
  channels: z.array(z.enum(channels)).max(channels.length).optional(),
});
export type VariantBody = z.output<typeof variant>;

export const targets = ["all", "active", "lapsed", "prospects"] as const;
export const scheduleTypes = ["immediate", "scheduled", "automated"] as const;

const targeting = z.strictObject({
  tiers: z.array(z.enum(tiers)).max(tiers.length).optional(),
  exclude_segments: ids.optional(),
  min_engagement: z.number().int().min(1).max(100).optional(),
  /** Nothing was heard from the customer for so many days. */
  quiet_days: z.number().int().min(1).max(3_650).optional(),
  /** Something was heard in the last so many days. */
  recent_days: z.number().int().min(1).max(3_650).optional(),
});

const { description, startsOn } = draftFields.shape;

/** What may be said of a campaign; what is left out stays as it is. */
export const campaignFields = z.strictObject({
  campaign_name: z.string().trim().min(1, "Give the campaign a name.").max(limits.name),
  campaign_type: z.enum(campaignTypes),
  campaign_goal: z.enum(campaignGoals),
  /** What it is about: it fixes whether messages are service or promotion. */
  category: z.enum(campaignCategories).optional(),
  description: description.optional(),
  /** Of the e-mail. */
  subject: z.string().max(contentLimits.subject).optional(),
  /** Plain text with `**bold**`, `[label](https://…)` and tags, on every channel of the campaign. */
  message: z.string().max(contentLimits.body).optional(),
  /** Computed of the message: what is sent here changes nothing. */
  personalization_tags: z.array(z.string().max(120)).max(100).optional(),
  /** Ids of uploaded files. */
  attachments: z.array(z.uuid()).max(10).optional(),
  primary_channel: z.enum(channels).optional(),
  /** In order of preference. */
  channels: z.array(z.enum(channels)).min(1).max(channels.length).optional(),
  target_audience: z.enum(targets).optional(),
  /** Ids of segments, in place of `target_audience`. */
  selected_segments: ids.optional(),
  targeting_rules: targeting.nullish(),
  /** Computed: what is sent here changes nothing. */
  estimated_reach: z.number().nullish(),
  schedule_type: z.enum(scheduleTypes).optional(),
  /** For `scheduled`: an instant with its offset. */
  scheduled_at: z.iso.datetime({ offset: true }).nullish(),
  /** Days; an instant counts as its day. */
  start_date: day().nullish(),
  end_date: day().nullish(),
  is_automated: z.boolean().optional(),
  automation_triggers: z.array(trigger).max(20).optional(),
  /** The same as `automation_triggers`. */
  triggers: z.array(trigger).max(20).optional(),
  /** In the workspace's currency. */
  budget: z.number().positive().max(1e10).nullish(),
  ab_testing_enabled: z.boolean().optional(),
  /** The first is what the campaign says. */
  ab_test_variants: z.array(variant).max(MOST_VARIANTS).optional(),
});

function day() {
  return z
    .string()
    .max(40)
    .transform((text) => text.slice(0, 10))
    .pipe(startsOn.unwrap());
}

/** A new one: from a template, its words may be left out. */
export const createBody = campaignFields
  .partial({ campaign_type: true, campaign_goal: true })
  .extend({ message_template_id: z.uuid().optional() })
  .refine((body) => body.message_template_id || (body.campaign_type && body.campaign_goal), {
    path: ["campaign_type"],
    message: "Give campaign_type and campaign_goal, or the template that says them.",
  });

export const changeBody = campaignFields.partial();
export type ChangeBody = z.output<typeof changeBody>;

const nullableDay = z.string().nullable();

/** A campaign as it stands. */
export const campaign = z.object({
  campaign_id: z.uuid(),
  campaign_name: z.string(),
  campaign_type: z.enum(campaignTypes),
  campaign_goal: z.enum(campaignGoals),
  category: z.string(),
  purpose: z.enum(["promotional", "service"]),
  description: z.string(),
  status: z.enum(campaignStatuses),
  subject: z.string().nullable(),
  message: z.string().nullable(),
  personalization_tags: z.array(z.string()),
  attachments: z.array(z.object({ file_id: z.string(), name: z.string() })),
  primary_channel: z.enum(channels).nullable(),
  channels: z.array(z.enum(channels)),
  selected_segments: z.array(z.uuid()),
  targeting_rules: targeting,
  /** Customers who would be sent it now; of a launched one its audience. Counted when it is read by itself. */
  estimated_reach: z.number().int().nullable(),
  schedule_type: z.enum([...scheduleTypes, "recurring"]),
  scheduled_at: z.string().nullable(),
  start_date: nullableDay,
  end_date: nullableDay,
  is_automated: z.boolean(),
  triggers: z.array(trigger),
  budget: money.nullable(),
  currency: z.string(),
  ab_testing_enabled: z.boolean(),
  ab_test_variants: z.array(
    z.object({ share: z.number().int(), subject: z.string().nullable(), message: z.string().nullable() }),
  ),
  owner_id: z.uuid(),
  owner_name: z.string().nullable(),
  approval_required: z.boolean(),
  approved: z.boolean(),
  /** Rises with each edit; the ETag names it. */
  version: z.number().int(),
  created_at: z.string(),
  updated_at: z.string(),
  launched_at: z.string().nullable(),
  completed_at: z.string().nullable(),
});
export type CampaignData = z.input<typeof campaign>;
