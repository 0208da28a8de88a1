import type { loadCalendars } from "./calendar-versions";
import { type ClockEvent, type ClockState, foldClock, type PauseReason, reaches } from "./clock";
import { clockTime, type PolicyDefinition } from "./schemas";
import type { Metric } from "./status";

/** An event as it is read. */
export type EventRow = {
  metric: Metric;
  kind: ClockEvent["kind"];
  at: string;
  targetMs: string | null;
  policyId: string | null;
  policyVersion: number | null;
  calendarId: string | null;
  calendarVersion: number | null;
  reason: PauseReason | null;
  until: string | null;
  definition: PolicyDefinition | null;
};

/** The calendar that an event counts by; none for clock time. */
export const calendarKey = ({ calendarId, calendarVersion }: EventRow) =>
  calendarId && calendarVersion ? [{ calendarId, calendarVersion }] : [];

/** The event as the fold takes it. */
export function toEvent(row: EventRow, calendarOf: Awaited<ReturnType<typeof loadCalendars>>): ClockEvent {
  const at = new Date(row.at).getTime();
  if (row.kind === "start" || row.kind === "retarget") {
    const [key] = calendarKey(row);
    if (row.targetMs === null) throw new Error("a clock was started without a target");
    return { kind: row.kind, at, target: Number(row.targetMs), calendar: key ? calendarOf(key) : clockTime };
  }
  if (row.kind === "pause") {
    const until = row.until === null ? null : new Date(row.until).getTime();
    return { kind: row.kind, at, reason: row.reason ?? "waiting_on_customer", until };
  }
  return { kind: row.kind, at };
}

const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

/** What a clock is stored as: the fold of its events at `now`; null before it was ever started. */
export function toStored(metric: Metric, rows: EventRow[], events: ClockEvent[], now: number) {
  const start = events.find((event) => event.kind === "start");
  const policy = rows.findLast((row) => row.policyId !== null);
  if (!start || !policy) return null;
  const ahead = start.at > now;
  const state: ClockState = foldClock(events, Math.max(now, start.at));
  return {
    metric,
    status: ahead ? "waiting" : state.status,
    started_at: iso(start.at),
    target_ms: state.target,
    elapsed_ms: Math.round(state.elapsed),
    as_of: iso(state.asOf),
    due_at: iso(state.dueAt),
    pause_reason: state.pauseReason,
    wakes_at: iso(ahead ? start.at : state.pausedUntil),
    warn_at: iso(reaches(state, policy.definition?.warnAt ?? 0.75)),
    stopped_at: iso(state.stoppedAt),
    breached_at: iso(state.breachedAt),
    policy_id: policy.policyId,
    policy_version: policy.policyVersion,
    version: rows.length,
  };
}
