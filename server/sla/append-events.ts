import { sql } from "drizzle-orm";
import type { Transaction } from "@/db/transaction";
import { readClock } from "@/server/platform/clock";
import type { Context } from "@/server/platform/context";
import type { CalendarKey } from "./calendar-versions";
import type { PauseReason } from "./clock";
import { refreshClocks } from "./refresh-clocks";
import type { Metric } from "./status";

/** What befalls a clock; `at` may lie ahead (a clock that starts at its slot). */
export type NewClockEvent = { metric: Metric; at: Date } & (
  | ({ kind: "start" | "retarget"; targetMs: number; policyId: string; policyVersion: number } & (
      | CalendarKey
      /** Clock time: what was promised for a slot is due by the clock, not by the office's hours. */
      | { calendarId: null; calendarVersion: null }
    ))
  | { kind: "pause"; reason: PauseReason; until: Date | null }
  | { kind: "resume" | "stop" }
);

/**
 * Appends events to the clocks of one callback's cycle and brings the stored clocks in line with them, in the caller's
 * transaction. The caller holds the request's row, so that two writers cannot append at once.
 */
export async function appendClockEvents(
  tx: Transaction,
  ctx: Context,
  { callbackId, cycle, events }: { callbackId: string; cycle: number; events: readonly NewClockEvent[] },
): Promise<void> {
  if (events.length === 0) return;
  const rows = events.map((event, place) => ({
    place,
    metric: event.metric,
    kind: event.kind,
    at: event.at.toISOString(),
    target_ms: "targetMs" in event ? event.targetMs : null,
    policy_id: "policyId" in event ? event.policyId : null,
    policy_version: "policyVersion" in event ? event.policyVersion : null,
    calendar_id: "calendarId" in event ? event.calendarId : null,
    calendar_version: "calendarVersion" in event ? event.calendarVersion : null,
    reason: "reason" in event ? event.reason : null,
    until: "until" in event ? (event.until?.toISOString() ?? null) : null,
  }));
  await tx.execute(sql`
    insert into sla_events (workspace_id, callback_id, metric, cycle, sequence, kind, at, target_ms, policy_id,
      policy_version, calendar_id, calendar_version, reason, until, actor_id)
    select ${ctx.workspaceId}, ${callbackId}, e.metric, ${cycle}::smallint,
      (select coalesce(max(sequence), 0) from sla_events s where s.workspace_id = ${ctx.workspaceId}
        and s.callback_id = ${callbackId} and s.metric = e.metric and s.cycle = ${cycle}::smallint)
        + row_number() over (partition by e.metric order by e.place),
      e.kind, e.at, e.target_ms, e.policy_id, e.policy_version, e.calendar_id, e.calendar_version, e.reason, e.until,
      ${ctx.membershipId}::uuid
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as e(place int, metric text, kind text, at timestamptz,
      target_ms bigint, policy_id uuid, policy_version int, calendar_id uuid, calendar_version int, reason text, until timestamptz)`);
  await refreshClocks(tx, ctx, { callbackId, cycle, now: await readClock(tx) });
}
