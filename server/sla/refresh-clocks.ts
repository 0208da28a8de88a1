import { sql } from "drizzle-orm";
import type { Transaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { loadCalendars } from "./calendar-versions";
import { calendarKey, type EventRow, toEvent, toStored } from "./stored-clock";

/**
 * Folds the events of a callback's clocks and stores what they come to: a cache that equals the fold after any sequence.
 * A clock whose start lies ahead is stored as it will be at its start, so that its due time is known and indexed.
 */
export async function refreshClocks(
  tx: Transaction,
  ctx: Context,
  { callbackId, cycle, now }: { callbackId: string; cycle: number; now: Date },
): Promise<void> {
  const rows = await tx.execute<EventRow>(sql`
    select e.metric, e.kind, e.at::text, e.target_ms as "targetMs", e.policy_id as "policyId",
      e.policy_version as "policyVersion", e.calendar_id as "calendarId", e.calendar_version as "calendarVersion",
      e.reason, e.until::text, v.definition
    from sla_events e left join sla_policy_versions v on v.policy_id = e.policy_id and v.version = e.policy_version
    where e.workspace_id = ${ctx.workspaceId} and e.callback_id = ${callbackId} and e.cycle = ${cycle}
    order by e.metric, e.at, e.sequence`);
  const calendarOf = await loadCalendars(tx, rows.flatMap(calendarKey));
  const clocks = [...new Set(rows.map((row) => row.metric))].flatMap((metric) => {
    const own = rows.filter((row) => row.metric === metric);
    const events = own.map((row) => toEvent(row, calendarOf));
    const stored = toStored(metric, own, events, now.getTime());
    return stored ? [stored] : [];
  });
  await tx.execute(sql`
    insert into sla_clocks (workspace_id, callback_id, metric, cycle, status, started_at, target_ms, elapsed_ms, as_of,
      due_at, pause_reason, wakes_at, warn_at, stopped_at, breached_at, next_escalation_at, policy_id, policy_version,
      version)
    select ${ctx.workspaceId}, ${callbackId}, c.metric, ${cycle}::smallint, c.status, c.started_at, c.target_ms,
      c.elapsed_ms, c.as_of, c.due_at, c.pause_reason, c.wakes_at, c.warn_at, c.stopped_at, c.breached_at, c.due_at, c.policy_id, c.policy_version,
      c.version
    from jsonb_to_recordset(${JSON.stringify(clocks)}::jsonb) as c(metric text, status text, started_at timestamptz,
      target_ms bigint, elapsed_ms bigint, as_of timestamptz, due_at timestamptz, pause_reason text, wakes_at timestamptz,
      warn_at timestamptz,       stopped_at timestamptz, breached_at timestamptz, policy_id uuid, policy_version int, version int)
    on conflict (workspace_id, callback_id, metric, cycle) do update set status = excluded.status,
      target_ms = excluded.target_ms, elapsed_ms = excluded.elapsed_ms, as_of = excluded.as_of, due_at = excluded.due_at,
      pause_reason = excluded.pause_reason, wakes_at = excluded.wakes_at, warn_at = excluded.warn_at, stopped_at = excluded.stopped_at, breached_at = excluded.breached_at,
      next_escalation_at = case when sla_clocks.escalation_level = 0 then excluded.due_at
        else sla_clocks.next_escalation_at end,
      policy_id = excluded.policy_id, policy_version = excluded.policy_version, version = excluded.version`);
}
