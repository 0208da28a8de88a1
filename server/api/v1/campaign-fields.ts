import type { WholeDraft } from "@/server/campaigns/create-whole";
import type { CampaignDetail } from "@/server/campaigns/get";
import type { Channel } from "@/server/channels/status";
import { findAttachments } from "@/server/files/find-attachments";
import type { Context } from "@/server/platform/context";
import { AppError } from "@/server/platform/errors";
import { findSeededSegment } from "@/server/segments/find-seeded";
import { ownUnits } from "@/server/workspaces/own-units";
import type { ChangeBody } from "./campaign-schema";
import { triggerOf } from "./campaign-triggers";
import { testOf, withWords } from "./campaign-words";
import { localOf } from "./local-time";

/** What stands before a change; of a new campaign nothing does. */
type Before = Pick<
  CampaignDetail,
  "channels" | "languages" | "bodies" | "audience" | "schedule" | "abTest"
> | null;

/** The fields of a draft that a body speaks of: the one translation from this door's names to the builder's. */
export async function draftOf(ctx: Context, body: ChangeBody, before: Before): Promise<WholeDraft> {
  const language = before?.languages[0] ?? "en";
  const channels = channelsOf(body, before);
  const spoken = channels ?? before?.channels ?? ["email"];
  const says = body.subject !== undefined || body.message !== undefined || channels !== undefined;
  const bodies = says ? withWords(before?.bodies ?? {}, body, { channels: spoken, language }) : undefined;
  const fields: { [Field in keyof WholeDraft]: WholeDraft[Field] | undefined } = {
    name: body.campaign_name,
    type: body.campaign_type,
    goal: body.campaign_goal,
    category: body.category,
    description: body.description,
    channels: says ? spoken : undefined,
    bodies,
    attachments: body.attachments && (await findAttachments(ctx, body.attachments)),
    audience: await audienceOf(ctx, body, before),
    schedule: await scheduleOf(ctx, body, before),
    startsOn: body.start_date,
    endsOn: body.end_date,
    budget: body.budget === undefined ? undefined : microsOf(body.budget),
    abTest: abTestOf(body, { bodies: bodies ?? before?.bodies ?? {}, language, channels: spoken }),
  };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

/** The preferred one first. Undefined: nothing is said of them. */
function channelsOf({ channels, primary_channel: first }: ChangeBody, before: Before): Channel[] | undefined {
  if (!channels && !first) return undefined;
  const all = channels ?? (before && first ? before.channels : []);
  return [...new Set(first ? [first, ...all] : all)];
}

const microsOf = (amount: number | null): bigint | null =>
  amount === null ? null : BigInt(Math.round(amount * 100)) * 10_000n;

const segmentOf = { active: "active_policyholders", lapsed: "lapsed", prospects: "prospects" } as const;

async function audienceOf(ctx: Context, body: ChangeBody, before: Before): Promise<WholeDraft["audience"]> {
  const { target_audience: target, selected_segments: selected, targeting_rules: rules } = body;
  if (target === undefined && selected === undefined && rules === undefined) return undefined;
  const narrowed = {
    ...(rules?.min_engagement ? { minEngagement: rules.min_engagement } : {}),
    ...(rules?.quiet_days ? { quietDays: rules.quiet_days } : {}),
    ...(rules?.recent_days ? { recentDays: rules.recent_days } : {}),
  };
  const exclude = rules?.exclude_segments ?? [];
  const include =
    selected && selected.length > 0
      ? selected
      : target && target !== "all"
        ? [await findSeededSegment(ctx, segmentOf[target])]
        : target === undefined && selected === undefined && before?.audience.kind === "segments"
          ? before.audience.include
          : [];
  if (rules?.tiers && rules.tiers.length > 0) {
    if (include.length + exclude.length > 0)
      throw new AppError("BAD_INPUT", "Choose tiers or segments, not both: a segment may ask for tiers.", {
        field: "targeting_rules.tiers",
      });
    return { kind: "tier", tiers: rules.tiers, ...narrowed };
  }
  if (include.length > 0) return { kind: "segments", include, exclude, ...narrowed };
  // Everybody but some: those who are in the segment of everybody.
  if (exclude.length > 0)
    return {
      kind: "segments",
      include: [await findSeededSegment(ctx, "all_customers")],
      exclude,
      ...narrowed,
    };
  return { kind: "all", ...narrowed };
}

async function scheduleOf(ctx: Context, body: ChangeBody, before: Before): Promise<WholeDraft["schedule"]> {
  const { schedule_type: type, scheduled_at: at, is_automated: automated } = body;
  const triggers = [...(body.automation_triggers ?? []), ...(body.triggers ?? [])];
  if (type === "automated" || (type === undefined && (automated || triggers.length > 0))) {
    const now = before?.schedule.kind === "automated" ? before.schedule : null;
    const own = triggers.length > 0 ? triggers.map(triggerOf) : (now?.triggers ?? []);
    const usual = { againHours: 24, eachPolicy: true, steps: [], time: "10:30", clock: "workspace" } as const;
    const exits = ["paid", "replied", "unsubscribed", "converted"] as const;
    return { ...usual, exits: [...exits], ...now, kind: "automated", steps: now?.steps ?? [], triggers: own };
  }
  if (type === "scheduled" || (type === undefined && at)) {
    if (!at)
      throw new AppError("BAD_INPUT", "Say in scheduled_at when it is to be sent.", {
        field: "scheduled_at",
      });
    const { day, time } = localOf(at, (await ownUnits(ctx)).timeZone);
    return { kind: "later", day, time, clock: "workspace" };
  }
  return type === "immediate" ? { kind: "now" } : undefined;
}

function abTestOf(
  { ab_testing_enabled: enabled, ab_test_variants: variants }: ChangeBody,
  of: Parameters<typeof testOf>[1],
): WholeDraft["abTest"] {
  if (enabled === false) return null;
  if (variants === undefined) {
    if (enabled)
      throw new AppError("BAD_INPUT", "Give at least two ab_test_variants.", { field: "ab_test_variants" });
    return undefined;
  }
  if (variants.length === 0) return null;
  if (variants.length < 2)
    throw new AppError("BAD_INPUT", "Give at least two ab_test_variants: the first is the campaign’s own.", {
      field: "ab_test_variants",
    });
  return testOf(variants, of);
}
