import type { Calendar, PolicyDefinition } from "@/server/sla/schemas";
import { clockTime } from "@/server/sla/schemas";
import type { Metric } from "@/server/sla/status";
import { type EventRow, toEvent, toStored } from "@/server/sla/stored-clock";
import type { SeedRow } from "../../insert";

/** What befalls one clock of a seeded request; instants in epoch ms. */
export type SeedClockEvent = {
  metric: Metric;
  kind: "start" | "pause" | "resume" | "stop";
  at: number;
  targetMs?: number;
  until?: number;
  reason?: "waiting_on_customer" | "customer_asked_for_later";
};

export type ClockPlan = {
  workspaceId: string;
  policyId: string;
  calendarId: string;
  calendar: Calendar;
  definition: PolicyDefinition;
  now: number;
};

/** The events of a request's clocks and the clocks that they fold to, by the product's own fold. */
export function makeClockRows(
  callbackId: string,
  events: readonly SeedClockEvent[],
  plan: ClockPlan,
): { events: SeedRow[]; clocks: SeedRow[] } {
  const rows: { events: SeedRow[]; clocks: SeedRow[] } = { events: [], clocks: [] };
  for (const metric of new Set(events.map((event) => event.metric))) {
    const own = events.filter((event) => event.metric === metric);
    const read = own.map((event): EventRow => {
      const starts = event.kind === "start";
      const counted = starts && metric !== "promise";
      return {
        metric,
        kind: event.kind,
        at: iso(event.at),
        targetMs: event.targetMs === undefined ? null : String(event.targetMs),
        policyId: starts ? plan.policyId : null,
        policyVersion: starts ? 1 : null,
        calendarId: counted ? plan.calendarId : null,
        calendarVersion: counted ? 1 : null,
        reason: event.reason ?? null,
        until: event.until === undefined ? null : iso(event.until),
        definition: starts ? plan.definition : null,
      };
    });
    for (const [nth, row] of read.entries())
      rows.events.push({
        workspace_id: plan.workspaceId,
        callback_id: callbackId,
        metric,
        cycle: 1,
        sequence: nth + 1,
        kind: row.kind,
        at: row.at,
        target_ms: row.targetMs,
        policy_id: row.policyId,
        policy_version: row.policyVersion,
        calendar_id: row.calendarId,
        calendar_version: row.calendarVersion,
        reason: row.reason,
        until: row.until,
        actor_id: null,
        recorded_at: iso(Math.min(plan.now, own[nth]?.at ?? plan.now)),
      });
    const calendarOf = () => (metric === "promise" ? clockTime : plan.calendar);
    const stored = toStored(
      metric,
      read,
      read.map((row) => toEvent(row, calendarOf)),
      plan.now,
    );
    if (stored) rows.clocks.push(toClock(callbackId, stored, plan));
  }
  return rows;
}

const iso = (at: number): string => new Date(at).toISOString();

/** A breach that lies behind was noticed when it came; its escalations have run their course. */
function toClock(
  callbackId: string,
  stored: NonNullable<ReturnType<typeof toStored>>,
  { workspaceId, definition, now }: ClockPlan,
): SeedRow {
  const warned = stored.warn_at !== null && Date.parse(stored.warn_at) <= now;
  return {
    workspace_id: workspaceId,
    callback_id: callbackId,
    cycle: 1,
    ...stored,
    detected_at: stored.breached_at,
    warned_at: warned || stored.breached_at ? (stored.warn_at ?? stored.breached_at) : null,
    escalation_level: stored.breached_at ? definition.escalations.length : 0,
    next_escalation_at: stored.breached_at ? null : stored.due_at,
  };
}
