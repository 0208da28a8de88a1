import { sql } from "drizzle-orm";
import type { Transaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { appendClockEvents, type NewClockEvent } from "@/server/sla";
import type { CallbackRow } from "./change";

type Subject = Pick<CallbackRow, "id" | "cycle" | "slots">;
type Metric = NewClockEvent["metric"];
type Wait = { at: Date; until: Date };

const after = (metrics: readonly Metric[], event: (metric: Metric) => NewClockEvent): NewClockEvent[] =>
  metrics.map(event);

/** A call is being made: the first of them is the first attempt and keeps the promise; what waited for it goes on. */
export async function clocksOfAttempt(tx: Transaction, ctx: Context, row: Subject, at: Date): Promise<void> {
  await appendClockEvents(tx, ctx, {
    callbackId: row.id,
    cycle: row.cycle,
    events: [
      { metric: "first_attempt", kind: "stop", at },
      { metric: "first_contact", kind: "resume", at },
      { metric: "resolution", kind: "resume", at },
    ],
  });
  await endPromise(tx, ctx, row, at);
}

/** Somebody was talked to. */
export const clocksOfContact = (tx: Transaction, ctx: Context, row: Subject, at: Date): Promise<void> =>
  appendClockEvents(tx, ctx, {
    callbackId: row.id,
    cycle: row.cycle,
    events: [{ metric: "first_contact", kind: "stop", at }],
  });

/** Nobody answered: contact and resolution wait for the customer until the next attempt is due. */
export const clocksOfWaiting = (tx: Transaction, ctx: Context, row: Subject, wait: Wait): Promise<void> =>
  waitOnCustomer(tx, ctx, row, wait, ["first_contact", "resolution"]);

/** Nobody answered a call about another request: all of this one waits too, the first attempt that nobody may make. */
export const clocksOfRest = (tx: Transaction, ctx: Context, row: Subject, wait: Wait): Promise<void> =>
  waitOnCustomer(tx, ctx, row, wait, ["first_attempt", "first_contact", "resolution"]);

const waitOnCustomer = (
  tx: Transaction,
  ctx: Context,
  row: Subject,
  { at, until }: Wait,
  metrics: readonly Metric[],
): Promise<void> =>
  appendClockEvents(tx, ctx, {
    callbackId: row.id,
    cycle: row.cycle,
    events: after(metrics, (metric) => ({
      metric,
      kind: "pause",
      at,
      until,
      reason: "waiting_on_customer",
    })),
  });

/** The customer asked for a time: everything waits for it. A clock that was to start later waits from its start. */
export async function clocksOfSlot(
  tx: Transaction,
  ctx: Context,
  row: Subject,
  { at, slot }: { at: Date; slot: { start: Date; end: Date } },
): Promise<void> {
  const started = await tx.execute<{
    metric: Metric;
    from: string;
    policyId: string;
    policyVersion: number;
  }>(sql`
    select metric, greatest(started_at, ${at.toISOString()}::timestamptz)::text as from, policy_id as "policyId",
      policy_version as "policyVersion"
    from sla_clocks where workspace_id = ${ctx.workspaceId} and callback_id = ${row.id} and cycle = ${row.cycle}
      and metric <> 'promise' and status <> 'stopped' order by metric`);
  await appendClockEvents(tx, ctx, {
    callbackId: row.id,
    cycle: row.cycle,
    events: started.map(({ metric, from }) => ({
      metric,
      kind: "pause",
      at: new Date(from),
      until: slot.start,
      reason: "customer_asked_for_later",
    })),
  });
  await endPromise(tx, ctx, row, at);
  const [policy] = started;
  if (!policy) return;
  await appendClockEvents(tx, ctx, {
    callbackId: row.id,
    cycle: row.slots + 1,
    events: [
      {
        metric: "promise",
        kind: "start",
        at: slot.start,
        targetMs: slot.end.getTime() - slot.start.getTime(),
        policyId: policy.policyId,
        policyVersion: policy.policyVersion,
        calendarId: null,
        calendarVersion: null,
      },
    ],
  });
}

/** The request is closed, however it ended. */
export async function clocksOfEnd(tx: Transaction, ctx: Context, row: Subject, at: Date): Promise<void> {
  await appendClockEvents(tx, ctx, {
    callbackId: row.id,
    cycle: row.cycle,
    events: after(["first_attempt", "first_contact", "resolution"], (metric) => ({
      metric,
      kind: "stop",
      at,
    })),
  });
  await endPromise(tx, ctx, row, at);
}

/** A promise ends with the attempt that keeps it, with a new promise, or with the request. */
async function endPromise(tx: Transaction, ctx: Context, row: Subject, at: Date): Promise<void> {
  if (row.slots === 0) return;
  const [begun] = await tx.execute<{ from: string }>(sql`
    select greatest(started_at, ${at.toISOString()}::timestamptz)::text as from from sla_clocks
    where workspace_id = ${ctx.workspaceId} and callback_id = ${row.id} and metric = 'promise' and cycle = ${row.slots}
      and status <> 'stopped'`);
  if (!begun) return;
  await appendClockEvents(tx, ctx, {
    callbackId: row.id,
    cycle: row.slots,
    events: [{ metric: "promise", kind: "stop", at: new Date(begun.from) }],
  });
}
