import { sql } from "drizzle-orm";
import { hotSql } from "@/db/client";
import { type Transaction, withTransaction } from "@/db/transaction";
import { readClock } from "@/server/platform/clock";
import type { Context } from "@/server/platform/context";
import { eachWorkspace } from "@/server/platform/each-workspace";
import { addBusiness } from "./calendar";
import { loadCalendars } from "./calendar-versions";
import { refreshClocks } from "./refresh-clocks";
import type { PolicyDefinition } from "./schemas";
import type { Metric } from "./status";

/** What the sweep found, for the noun that owns the request: it tells people and writes the log. */
export type ClockFinding = { callbackId: string; metric: Metric; cycle: number } & (
  | { kind: "warning"; dueAt: Date }
  | { kind: "breach"; breachedAt: Date }
  | { kind: "escalation"; level: number; notify: PolicyDefinition["escalations"][number]["notify"] }
);

export type OnFinding = (tx: Transaction, ctx: Context, finding: ClockFinding) => Promise<void>;

const MOST_WORKSPACES = 100;
const MOST_AT_ONCE = 200;

/**
 * The guarantee behind every timer (`sla.md`): brings clocks up to date whose time has come, records breaches at the instant
 * of their due time, and fires warnings and escalation levels once each, in order, none after the stop. However late or
 * often it runs, the breaches are the same. One workspace that breaks holds up no other.
 */
export async function sweepClocks(onFinding: OnFinding): Promise<number> {
  const due = await hotSql()<{ workspaceId: string }[]>`
    select workspace_id as "workspaceId" from workspaces_with_due_clocks(${MOST_WORKSPACES})`;
  return (await eachWorkspace("clocks", due, (ctx) => sweepWorkspace(ctx, onFinding))).done;
}

/** The same for one workspace. */
export function sweepWorkspace(ctx: Context, onFinding: OnFinding): Promise<number> {
  return withTransaction(ctx, async (tx) => {
    const now = await readClock(tx);
    await wake(tx, ctx, now);
    const findings = [
      ...(await breaches(tx, ctx)),
      ...(await warnings(tx, ctx)),
      ...(await escalations(tx, ctx, now)),
    ];
    for (const finding of findings) await onFinding(tx, ctx, finding);
    return findings.length;
  });
}

/** Clocks whose start or whose planned end of a pause has come. */
async function wake(tx: Transaction, ctx: Context, now: Date): Promise<void> {
  const rows = await tx.execute<{ callbackId: string; cycle: number }>(sql`
    select distinct callback_id as "callbackId", cycle from (
      select callback_id, cycle from sla_clocks
      where workspace_id = ${ctx.workspaceId} and wakes_at <= (select clock_now())
      order by wakes_at limit ${MOST_AT_ONCE} for update skip locked) woken`);
  for (const { callbackId, cycle } of rows) await refreshClocks(tx, ctx, { callbackId, cycle, now });
}

async function breaches(tx: Transaction, ctx: Context): Promise<ClockFinding[]> {
  const rows = await tx.execute<{
    callbackId: string;
    metric: Metric;
    cycle: number;
    breachedAt: string;
  }>(sql`
    with passed as (
      select callback_id, metric, cycle from sla_clocks
      where workspace_id = ${ctx.workspaceId} and detected_at is null
        and (breached_at is not null or (status = 'running' and due_at < (select clock_now())))
      order by due_at limit ${MOST_AT_ONCE} for update skip locked)
    update sla_clocks c set breached_at = coalesce(c.breached_at, c.due_at), detected_at = (select clock_now())
    from passed p
    where c.workspace_id = ${ctx.workspaceId} and c.callback_id = p.callback_id and c.metric = p.metric and c.cycle = p.cycle
    returning c.callback_id as "callbackId", c.metric, c.cycle, c.breached_at::text as "breachedAt"`);
  return rows.map(({ breachedAt, ...clock }) => ({
    kind: "breach",
    ...clock,
    breachedAt: new Date(breachedAt),
  }));
}

/** Only the first attempt warns and escalates: it is the promise that the board shows. */
async function warnings(tx: Transaction, ctx: Context): Promise<ClockFinding[]> {
  const rows = await tx.execute<{ callbackId: string; metric: Metric; cycle: number; dueAt: string }>(sql`
    with near as (
      select callback_id, metric, cycle from sla_clocks
      where workspace_id = ${ctx.workspaceId} and status = 'running' and warned_at is null and metric = 'first_attempt'
        and warn_at <= (select clock_now()) and breached_at is null
      order by warn_at limit ${MOST_AT_ONCE} for update skip locked)
    update sla_clocks c set warned_at = (select clock_now()) from near n
    where c.workspace_id = ${ctx.workspaceId} and c.callback_id = n.callback_id and c.metric = n.metric and c.cycle = n.cycle
    returning c.callback_id as "callbackId", c.metric, c.cycle, c.due_at::text as "dueAt"`);
  return rows.map(({ dueAt, ...clock }) => ({ kind: "warning", ...clock, dueAt: new Date(dueAt) }));
}

type Escalating = {
  callbackId: string;
  metric: Metric;
  cycle: number;
  level: number;
  breachedAt: string;
  calendarId: string;
  calendarVersion: number;
  definition: PolicyDefinition;
};

async function escalations(tx: Transaction, ctx: Context, now: Date): Promise<ClockFinding[]> {
  const rows = await tx.execute<Escalating>(sql`
    select c.callback_id as "callbackId", c.metric, c.cycle, c.escalation_level as level,
      c.breached_at::text as "breachedAt", e.calendar_id as "calendarId", e.calendar_version as "calendarVersion",
      v.definition
    from sla_clocks c
    join sla_policy_versions v on v.policy_id = c.policy_id and v.version = c.policy_version
    join lateral (select calendar_id, calendar_version from sla_events e where e.workspace_id = c.workspace_id
      and e.callback_id = c.callback_id and e.metric = c.metric and e.cycle = c.cycle and e.calendar_id is not null
      order by e.at desc, e.sequence desc limit 1) e on true
    where c.workspace_id = ${ctx.workspaceId} and c.status = 'running' and c.metric = 'first_attempt'
      and c.breached_at is not null and c.next_escalation_at <= (select clock_now())
    order by c.next_escalation_at limit ${MOST_AT_ONCE} for update of c skip locked`);
  const calendarOf = await loadCalendars(tx, rows);
  const findings: ClockFinding[] = [];
  const moved: { callback_id: string; metric: Metric; cycle: number; level: number; next: string | null }[] =
    [];
  for (const row of rows) {
    const levels = row.definition.escalations;
    const firesAt = (level: number): Date | null => {
      const step = levels[level];
      if (!step) return null;
      const after = step.afterMinutes * 60_000;
      return new Date(addBusiness(calendarOf(row), new Date(row.breachedAt).getTime(), after));
    };
    let level = row.level;
    for (let at = firesAt(level); at !== null && at <= now; at = firesAt(level)) {
      const notify = levels[level]?.notify ?? "admin";
      level++;
      const { callbackId, metric, cycle } = row;
      findings.push({ kind: "escalation", callbackId, metric, cycle, level, notify });
    }
    const { callbackId, metric, cycle } = row;
    moved.push({
      callback_id: callbackId,
      metric,
      cycle,
      level,
      next: firesAt(level)?.toISOString() ?? null,
    });
  }
  await tx.execute(sql`
    update sla_clocks c set escalation_level = m.level, next_escalation_at = m.next
    from jsonb_to_recordset(${JSON.stringify(moved)}::jsonb)
      as m(callback_id uuid, metric text, cycle smallint, level smallint, next timestamptz)
    where c.workspace_id = ${ctx.workspaceId} and c.callback_id = m.callback_id and c.metric = m.metric and c.cycle = m.cycle`);
  return findings;
}
