import { z } from "zod";
import { type CallbackDetail, getCallback } from "@/server/callbacks/get";
import type { CallbackLine } from "@/server/callbacks/lines";
import {
  type CallbackTier,
  callbackPriorities,
  callbackSources,
  callbackStatuses,
  tierWeights,
  type Urgency,
  urgencies,
} from "@/server/callbacks/status";
import type { Context } from "@/server/platform/context";
import { majorOf, money } from "./money";

export const urgencyKeys = Object.keys(urgencies) as [Urgency, ...Urgency[]];
const tierKeys = Object.keys(tierWeights) as [CallbackTier, ...CallbackTier[]];

/** A request as lists show it. */
export const callbackLine = z.object({
  callback_request_id: z.uuid(),
  customer_name: z.string(),
  /** A hint only, for an agent who does not hold the request. */
  customer_phone: z.string(),
  request_type: z.string(),
  description: z.string(),
  urgency_level: z.enum(urgencyKeys),
  customer_tier: z.enum(tierKeys),
  priority: z.enum(callbackPriorities),
  /** 1–100. */
  priority_score: z.number().int(),
  status: z.enum(callbackStatuses),
  is_overdue: z.boolean(),
  source: z.enum(callbackSources),
  /** Of the clock that comes next: the promise, else the first call, else the resolution; null once all have stopped. */
  due_at: z.string().nullable(),
  scheduled_start: z.string().nullable(),
  scheduled_end: z.string().nullable(),
  assigned_agent_name: z.string().nullable(),
  /** Who has it in hand now. */
  held_by_name: z.string().nullable(),
  attempts: z.number().int(),
  /** How often the customer asked again. */
  repeats: z.number().int(),
  created_at: z.string(),
  closed_at: z.string().nullable(),
});

export const lineData = (row: CallbackLine): z.input<typeof callbackLine> => ({
  callback_request_id: row.id,
  customer_name: row.name,
  customer_phone: row.phone,
  request_type: row.requestType,
  description: row.description,
  urgency_level: row.urgency,
  customer_tier: row.tier,
  priority: row.priority,
  priority_score: row.score,
  status: row.status,
  is_overdue: row.clock?.overdue ?? false,
  source: row.source,
  due_at: row.clock?.dueAt ?? null,
  scheduled_start: row.slotStart,
  scheduled_end: row.slotEnd,
  assigned_agent_name: row.assigneeName,
  held_by_name: row.holderName,
  attempts: row.attempts,
  repeats: row.repeats,
  created_at: row.createdAt,
  closed_at: row.closedAt,
});

const clock = z.object({
  metric: z.string(),
  status: z.enum(["waiting", "running", "paused", "stopped"]),
  /** Minutes of business time. */
  target_minutes: z.number(),
  elapsed_minutes: z.number(),
  started_at: z.string(),
  due_at: z.string().nullable(),
  stopped_at: z.string().nullable(),
  breached_at: z.string().nullable(),
  pause_reason: z.string().nullable(),
  policy: z.string().nullable(),
});

/** One request with all that explains it. */
export const callbackDetail = callbackLine.extend({
  customer_id: z.uuid().nullable(),
  customer_email: z.string().nullable(),
  category: z.string().nullable(),
  tags: z.array(z.string()),
  /** Membership id. */
  assigned_to: z.uuid().nullable(),
  campaign_id: z.uuid().nullable(),
  resolution: z.string().nullable(),
  resolution_category: z.string().nullable(),
  satisfaction_rating: z.number().int().nullable(),
  conversion_value: money.nullable(),
  currency: z.string(),
  sla: z.array(clock),
  attempt_log: z.array(
    z.object({
      attempt_id: z.uuid(),
      at: z.string(),
      agent_name: z.string().nullable(),
      /** Null while the call is under way. */
      outcome: z.string().nullable(),
      talk_seconds: z.number().int().nullable(),
      note: z.string(),
    }),
  ),
  /** The latest 200, the latest first. */
  activities: z.array(
    z.object({ kind: z.string(), at: z.string(), actor: z.string().nullable(), actor_kind: z.string() }),
  ),
  /** Until when the caller holds it; null: the caller does not. */
  held_until: z.string().nullable(),
  version: z.number().int(),
});

const MINUTE_MS = 60_000;
const minutes = (ms: number) => Math.round((ms / MINUTE_MS) * 100) / 100;

export const detailData = (row: CallbackDetail): z.input<typeof callbackDetail> => ({
  ...lineData(row),
  description: row.fullDescription,
  customer_id: row.customerId,
  customer_email: row.email,
  category: row.category,
  tags: row.tags,
  assigned_to: row.assigneeId,
  campaign_id: row.campaignId,
  resolution: row.resolution,
  resolution_category: row.resolutionCategory,
  satisfaction_rating: row.satisfaction,
  conversion_value: row.conversionValue === null ? null : majorOf(row.conversionValue),
  currency: row.currency,
  sla: row.clocks.map((each) => ({
    metric: each.metric,
    status: each.status,
    target_minutes: minutes(each.target),
    elapsed_minutes: minutes(each.elapsed),
    started_at: each.startedAt,
    due_at: each.dueAt,
    stopped_at: each.stoppedAt,
    breached_at: each.breachedAt,
    pause_reason: each.pauseReason,
    policy: each.policyName,
  })),
  attempt_log: row.tries.map((each) => ({
    attempt_id: each.id,
    at: each.at,
    agent_name: each.agentName,
    outcome: each.outcome,
    talk_seconds: each.talkSeconds,
    note: each.note,
  })),
  activities: row.activities.map(({ kind, at, actorName, actorKind }) => ({
    kind,
    at,
    actor: actorName,
    actor_kind: actorKind,
  })),
  held_until: row.hold?.until ?? null,
  version: row.version,
});

/** A request as the caller may see it now, with the ETag of this state. */
export async function readCallback(ctx: Context, callbackId: string) {
  const row = await getCallback(ctx, { callbackId });
  return { row, data: detailData(row), etag: String(row.version) };
}
