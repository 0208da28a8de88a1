import { sql } from "drizzle-orm";
import type { Transaction } from "@/db/transaction";
import { readClock } from "@/server/platform/clock";
import type { Context } from "@/server/platform/context";
import { loadCalendars } from "./calendar-versions";
import { foldClock } from "./clock";
import type { Metric } from "./status";
import { calendarKey, type EventRow, toEvent } from "./stored-clock";

/** A stretch of a clock: what it counted, and why it stood still. Instants are ISO text. */
export type ClockStretch = {
  from: string;
  /** Null: it goes on. */
  to: string | null;
  state: "running" | "paused";
  pauseReason: string | null;
  /** Business time that was counted, in ms. */
  counted: number;
};

/** A clock with the reasons for its due time: the stretches add up to `elapsed`. */
export type ExplainedClock = {
  metric: Metric;
  cycle: number;
  status: "waiting" | "running" | "paused" | "stopped";
  /** Business time, in ms. */
  target: number;
  elapsed: number;
  startedAt: string;
  dueAt: string | null;
  stoppedAt: string | null;
  breachedAt: string | null;
  pauseReason: string | null;
  /** When a clock that waits or stands still goes on by itself. */
  wakesAt: string | null;
  policyName: string | null;
  policyVersion: number | null;
  /** Null: counted by the clock, not by office hours. */
  calendarName: string | null;
  stretches: ClockStretch[];
};

type Row = EventRow & { cycle: number; policyName: string | null; calendarName: string | null };

const iso = (at: number): string => new Date(at).toISOString();

/** Every clock of a callback, each explained stretch by stretch, the latest cycle first. */
export async function explainClocks(
  tx: Transaction,
  ctx: Context,
  callbackId: string,
): Promise<ExplainedClock[]> {
  const rows = await tx.execute<Row>(sql`
    select e.metric, e.cycle, e.kind, e.at::text, e.target_ms as "targetMs", e.policy_id as "policyId",
      e.policy_version as "policyVersion", e.calendar_id as "calendarId", e.calendar_version as "calendarVersion",
      e.reason, e.until::text, v.definition, p.name as "policyName", c.name as "calendarName"
    from sla_events e left join sla_policy_versions v on v.policy_id = e.policy_id and v.version = e.policy_version
    left join sla_policies p on p.id = e.policy_id left join calendars c on c.id = e.calendar_id
    where e.workspace_id = ${ctx.workspaceId} and e.callback_id = ${callbackId}
    order by e.cycle desc, e.metric, e.at, e.sequence`);
  const now = (await readClock(tx)).getTime();
  const calendarOf = await loadCalendars(tx, rows.flatMap(calendarKey));
  const keyOf = ({ metric, cycle }: Row) => `${cycle} ${metric}`;
  return [...new Set(rows.map(keyOf))].flatMap((key) => {
    const own = rows.filter((row) => keyOf(row) === key);
    const explained = explain(own, calendarOf, now);
    return explained ? [explained] : [];
  });
}

function explain(
  rows: readonly Row[],
  calendarOf: Awaited<ReturnType<typeof loadCalendars>>,
  now: number,
): ExplainedClock | null {
  const [first] = rows;
  const policy = rows.findLast(({ policyId }) => policyId !== null);
  if (!first || !policy) return null;
  const events = rows.map((row) => toEvent(row, calendarOf));
  const start = events.find(({ kind }) => kind === "start")?.at;
  if (start === undefined) return null;
  const ahead = start > now;
  const until = Math.max(now, start);
  const end = foldClock(events, until);
  // A pause may end by itself between two events: its end is a border too.
  const borders = events.flatMap((event) => [
    event.at,
    ...(event.kind === "pause" && event.until ? [event.until] : []),
  ]);
  const instants = [...new Set([...borders, until])]
    .filter((at) => at >= start && at <= until)
    .toSorted((a, b) => a - b);
  const stretches = instants.flatMap((from, nth): ClockStretch[] => {
    const to = instants[nth + 1];
    const state = foldClock(events, from);
    if (to === undefined || (state.status !== "running" && state.status !== "paused")) return [];
    const counted = foldClock(events, to).elapsed - state.elapsed;
    const goesOn = to === until && end.status !== "stopped";
    const { status, pauseReason } = state;
    return [{ from: iso(from), to: goesOn ? null : iso(to), state: status, pauseReason, counted }];
  });
  const at = (instant: number | null) => (instant === null ? null : iso(instant));
  return {
    metric: first.metric,
    cycle: first.cycle,
    status: ahead || end.status === "none" ? "waiting" : end.status,
    target: end.target,
    elapsed: end.elapsed,
    startedAt: iso(start),
    dueAt: at(end.dueAt),
    stoppedAt: at(end.stoppedAt),
    breachedAt: at(end.breachedAt),
    pauseReason: end.pauseReason,
    wakesAt: ahead ? iso(start) : at(end.pausedUntil),
    policyName: policy.policyName,
    policyVersion: policy.policyVersion,
    calendarName: rows.findLast(({ calendarId }) => calendarId !== null)?.calendarName ?? null,
    stretches,
  };
}
