import { sql } from "drizzle-orm";
import type { Transaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { openSpans } from "./calendar";
import { loadCalendars } from "./calendar-versions";
import { type ClockEvent, foldClock } from "./clock";
import type { Calendar } from "./schemas";
import type { Metric } from "./status";
import { calendarKey, type EventRow, toEvent } from "./stored-clock";

/** A stretch of a clock's life, in ms since 1970: time that counted, time outside the hours, or a pause with its reason. */
export type Interval = {
  from: number;
  to: number;
  kind: "counted" | "closed" | "paused";
  /** Of a pause. */
  reason: string | null;
};

/**
 * Why a clock stands where it stands at an instant: stretch by stretch from its start, without gaps. What counted adds up to
 * its elapsed time, by the same fold and the same calendars that made the due time.
 */
export function explainClock(events: readonly ClockEvent[], until: number): Interval[] {
  const start = events.find(({ kind }) => kind === "start")?.at;
  if (start === undefined) return [];
  const borders = events.flatMap((event) =>
    event.kind === "pause" && event.until !== null && event.until !== undefined
      ? [event.at, event.until]
      : [event.at],
  );
  const instants = [...new Set([...borders, until])]
    .filter((at) => at >= start && at <= until)
    .toSorted((one, other) => one - other);
  const intervals: Interval[] = [];
  for (const [place, from] of instants.entries()) {
    const to = instants[place + 1];
    if (to === undefined) break;
    const state = foldClock(events, from);
    if (state.status === "paused") add(intervals, { from, to, kind: "paused", reason: state.pauseReason });
    if (state.status === "running" && state.calendar)
      for (const part of hoursIn(state.calendar, from, to)) add(intervals, part);
  }
  return intervals;
}

/** The hours of a calendar, and what lies between them. */
function* hoursIn(calendar: Calendar, from: number, to: number): Generator<Interval> {
  let at = from;
  for (const span of openSpans(calendar, from)) {
    const [opens, closes] = [Math.min(Math.max(span.from, at), to), Math.min(span.to, to)];
    if (opens > at) yield { from: at, to: opens, kind: "closed", reason: null };
    if (closes > opens) yield { from: opens, to: closes, kind: "counted", reason: null };
    at = Math.max(opens, closes);
    if (at >= to) return;
  }
  if (at < to) yield { from: at, to, kind: "closed", reason: null };
}

/** Stretches of one kind that touch are one. */
function add(intervals: Interval[], next: Interval): void {
  const last = intervals.at(-1);
  if (last && last.to === next.from && last.kind === next.kind && last.reason === next.reason)
    last.to = next.to;
  else if (next.to > next.from) intervals.push({ ...next });
}

export type ExplainedBreach = {
  /** ISO instants. */
  startedAt: string;
  dueAt: string;
  /** ms of business time that were promised, and that were counted up to the due time. */
  target: number;
  counted: number;
  policyName: string | null;
  policyVersion: number | null;
  /** Null: by the clock, as what was promised for a time is. */
  calendarName: string | null;
  intervals: { from: string; to: string; kind: Interval["kind"]; reason: string | null; ms: number }[];
  /** Targets that were changed on the way. */
  retargets: { at: string; target: number }[];
};

type Which = { callbackId: string; metric: Metric; cycle: number };
type Row = EventRow & { policyName: string | null; calendarName: string | null };

/** Why a target was missed, from the clock's own log; null for one that was not missed by `now`. */
export async function explainBreach(
  tx: Transaction,
  ctx: Context,
  { callbackId, metric, cycle, now }: Which & { now: Date },
): Promise<ExplainedBreach | null> {
  const rows = await tx.execute<Row>(sql`
    select e.metric, e.kind, e.at::text, e.target_ms as "targetMs", e.policy_id as "policyId",
      e.policy_version as "policyVersion", e.calendar_id as "calendarId", e.calendar_version as "calendarVersion",
      e.reason, e.until::text, null as definition, p.name as "policyName", c.name as "calendarName"
    from sla_events e left join sla_policies p on p.id = e.policy_id left join calendars c on c.id = e.calendar_id
    where e.workspace_id = ${ctx.workspaceId} and e.callback_id = ${callbackId} and e.metric = ${metric}
      and e.cycle = ${cycle}
    order by e.at, e.sequence`);
  const calendarOf = await loadCalendars(tx, rows.flatMap(calendarKey));
  const events = rows.map((row) => toEvent(row, calendarOf));
  const start = events.find(({ kind }) => kind === "start")?.at;
  const due = foldClock(events, now.getTime()).breachedAt;
  if (start === undefined || due === null) return null;
  const intervals = explainClock(events, due);
  const iso = (at: number) => new Date(at).toISOString();
  const ruling = rows.findLast((row) => row.policyId !== null && new Date(row.at).getTime() <= due);
  return {
    startedAt: iso(start),
    dueAt: iso(due),
    target: foldClock(events, due).target,
    counted: intervals.reduce((sum, { kind, from, to }) => sum + (kind === "counted" ? to - from : 0), 0),
    policyName: ruling?.policyName ?? null,
    policyVersion: ruling?.policyVersion ?? null,
    calendarName: ruling?.calendarName ?? null,
    intervals: intervals.map(({ from, to, kind, reason }) => ({
      from: iso(from),
      to: iso(to),
      kind,
      reason,
      ms: to - from,
    })),
    retargets: events.flatMap((event) =>
      event.kind === "retarget" && event.at <= due ? [{ at: iso(event.at), target: event.target }] : [],
    ),
  };
}
