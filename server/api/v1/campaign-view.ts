import type { CampaignDetail } from "@/server/campaigns/get";
import type { CampaignData } from "./campaign-schema";
import { triggerBodyOf } from "./campaign-triggers";
import { tagsIn, wordsOf } from "./campaign-words";
import { instantOf } from "./local-time";
import { majorOf } from "./money";

/** `zone` and `currency` are the workspace's. */
type Shown = { zone: string; currency: string };

/** A campaign by the names of this door. */
export function campaignData(row: CampaignDetail, { zone, currency }: Shown): CampaignData {
  const language = row.languages[0] ?? "en";
  const words = wordsOf(row.bodies, language);
  const { audience, schedule, abTest } = row;
  const segments = audience.kind === "segments" ? audience : { include: [], exclude: [] };
  return {
    campaign_id: row.id,
    campaign_name: row.name,
    campaign_type: row.type,
    campaign_goal: row.goal,
    category: row.category,
    purpose: row.purpose,
    description: row.description,
    status: row.status,
    ...words,
    personalization_tags: tagsIn(words.subject, words.message),
    attachments: row.attachments.map(({ fileId, name }) => ({ file_id: fileId, name })),
    primary_channel: row.channels[0] ?? null,
    channels: row.channels,
    selected_segments: segments.include,
    targeting_rules: {
      ...(audience.kind === "tier" ? { tiers: audience.tiers } : {}),
      ...(segments.exclude.length > 0 ? { exclude_segments: segments.exclude } : {}),
      ...(audience.minEngagement ? { min_engagement: audience.minEngagement } : {}),
      ...(audience.quietDays ? { quiet_days: audience.quietDays } : {}),
      ...(audience.recentDays ? { recent_days: audience.recentDays } : {}),
    },
    estimated_reach: null,
    schedule_type: scheduleTypes[schedule.kind],
    scheduled_at: row.dueAt?.toISOString() ?? plannedAt(row, zone),
    start_date: row.startsOn,
    end_date: row.endsOn,
    is_automated: schedule.kind === "automated",
    triggers: schedule.kind === "automated" ? schedule.triggers.map(triggerBodyOf) : [],
    budget: row.budget === null ? null : majorOf(row.budget),
    currency,
    ab_testing_enabled: abTest !== null,
    ab_test_variants: (abTest?.variants ?? []).map(({ share, subjects, bodies }) => {
      const own = bodies ? wordsOf(bodies, language) : words;
      return { share, subject: subjects[language] ?? own.subject, message: own.message };
    }),
    owner_id: row.ownerId,
    owner_name: row.ownerName,
    approval_required: row.approval.required,
    approved: row.approval.approved,
    version: row.version,
    created_at: row.createdAt.toISOString(),
    updated_at: row.updatedAt.toISOString(),
    launched_at: row.launchedAt?.toISOString() ?? null,
    completed_at: row.completedAt?.toISOString() ?? null,
  };
}

const scheduleTypes = {
  now: "immediate",
  later: "scheduled",
  recurring: "recurring",
  automated: "automated",
} as const;

const plannedAt = ({ schedule }: CampaignDetail, zone: string): string | null =>
  schedule.kind === "later" ? instantOf(schedule.day, schedule.time, zone) : null;
