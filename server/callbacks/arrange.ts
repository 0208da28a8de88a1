import { sql } from "drizzle-orm";
import { z } from "zod";
import { type Transaction, withTransaction } from "@/db/transaction";
import { tiers } from "@/server/customers/schemas";
import { withoutUndefined } from "@/server/platform/changes";
import { readClock } from "@/server/platform/clock";
import type { Context } from "@/server/platform/context";
import { AppError, required } from "@/server/platform/errors";
import { parseId } from "@/server/platform/ids";
import { appendClockEvents, choosePolicy } from "@/server/sla";
import { type CallbackRow, changeCallback, dropHold, lockCallback } from "./change";
import { clocksOfSlot } from "./clocks";
import { requireLead, requireOnlyOpen } from "./close";
import { requireHold } from "./hold";
import { movePresence } from "./presence";
import { slotSchema } from "./schemas";
import { orderKeyOf, scoreOf } from "./score";
import { type Urgency, urgencies } from "./status";
import { requireUsable } from "./usable-slot";
import { inReach } from "./visible";

export const scheduleInput = z.object({
  callbackId: z.string(),
  generation: z.number().int().nullish(),
  slot: slotSchema,
});
export type ScheduleInput = z.input<typeof scheduleInput>;

/**
 * Promises the customer a time. Every clock waits for it, and the promise has one of its own.
 * @throws AppError BAD_INPUT for a time that has passed or at which the customer may not be called; CONFLICT; NOT_FOUND
 */
export function scheduleCallback(ctx: Context, input: ScheduleInput): Promise<void> {
  const { callbackId, generation, slot } = scheduleInput.parse(input);
  return withTransaction(ctx, async (tx) => {
    if (generation != null) await requireHold(tx, ctx, { callbackId, generation });
    else if (ctx.actor.kind !== "customer") requireLead(ctx);
    await scheduleIn(tx, ctx, { callbackId, slot, fromHand: generation != null });
  });
}

type Scheduling = { callbackId: string; slot: { start: Date; end: Date }; fromHand: boolean };

/** The same in the caller's transaction, for who may. */
export async function scheduleIn(
  tx: Transaction,
  ctx: Context,
  { callbackId, slot, fromHand }: Scheduling,
): Promise<void> {
  const row = await lockCallback(tx, ctx, { id: callbackId, verb: "schedule" });
  const now = await readClock(tx);
  await requireUsable(tx, ctx, { called: row, slot, now });
  await dropHold(tx, ctx, row.id);
  if (fromHand) await movePresence(tx, ctx, "available");
  await clocksOfSlot(tx, ctx, row, { at: now, slot });
  await changeCallback(tx, ctx, {
    id: row.id,
    kind: row.slots === 0 ? "scheduled" : "rescheduled",
    set: {
      status: "scheduled",
      slot_start: slot.start.toISOString(),
      slot_end: slot.end.toISOString(),
      slots: row.slots + 1,
      not_before: slot.start.toISOString(),
    },
  });
}

/**
 * Gives a waiting request to an agent, or to nobody in particular. With a `version`: only while it has that one.
 * @throws AppError CONFLICT `wrong_status`, `stale_version`; NOT_FOUND; FORBIDDEN
 */
export function assignCallback(
  ctx: Context,
  {
    callbackId,
    membershipId,
    version,
  }: { callbackId: string; membershipId: string | null; version?: number | null },
): Promise<void> {
  return withTransaction(ctx, async (tx) => {
    if (membershipId === null || membershipId !== ctx.membershipId) requireLead(ctx);
    else await requireReach(tx, ctx, callbackId);
    if (membershipId !== null) await requireTaker(tx, ctx, membershipId);
    const row = await lockCallback(tx, ctx, { id: callbackId, verb: "assign", version });
    if (row.assigneeId === membershipId) return;
    const now = await readClock(tx);
    const waiting = membershipId === null ? ("pending" as const) : ("assigned" as const);
    await changeCallback(tx, ctx, {
      id: row.id,
      kind: membershipId === null ? "unassigned" : "assigned",
      set: {
        assignee_id: membershipId,
        assigned_at: membershipId === null ? null : now.toISOString(),
        status: row.status === "scheduled" ? "scheduled" : waiting,
      },
    });
  });
}

/** What somebody takes for themselves has to be theirs to see. @throws AppError NOT_FOUND */
async function requireReach(tx: Transaction, ctx: Context, callbackId: string): Promise<void> {
  const [row] = await tx.execute(sql`
    select 1 from callback_requests r where ${inReach(ctx)} and r.id = ${parseId(callbackId)}`);
  required(row, "callback request");
}

/** @throws AppError NOT_FOUND for a foreign membership; BAD_INPUT for a member who takes no calls */
export async function requireTaker(tx: Transaction, ctx: Context, membershipId: string): Promise<void> {
  const [member] = await tx.execute<{ role: string }>(sql`
    select role from memberships
    where workspace_id = ${ctx.workspaceId} and id = ${parseId(membershipId)} and status = 'active'`);
  if (!member)
    throw new AppError("NOT_FOUND", "This person is not in the workspace any more. Choose somebody else.");
  if (member.role === "marketer")
    throw new AppError("BAD_INPUT", "Marketers take no calls. Choose an agent, an advisor or a supervisor.", {
      field: "assignee",
    });
}

const urgencyKeys = Object.keys(urgencies) as [Urgency, ...Urgency[]];
export const editInput = z.object({
  callbackId: z.string(),
  requestType: z.string().trim().min(1).max(60).optional(),
  urgency: z.enum(urgencyKeys).optional(),
  tier: z.enum(tiers).optional(),
});
export type EditInput = z.input<typeof editInput>;

/** Changes what the score is made of. A new category has new targets: elapsed time is kept, what is left is recomputed. */
export function editCallback(ctx: Context, input: EditInput): Promise<void> {
  const { callbackId, ...changed } = editInput.parse(input);
  return withTransaction(ctx, async (tx) => {
    requireLead(ctx);
    const row = await lockCallback(tx, ctx, { id: callbackId, verb: "edit" });
    const edited = { ...row, ...withoutUndefined(changed) };
    if (edited.requestType !== row.requestType) await requireOnlyOpen(tx, ctx, edited);
    const { sum, priority } = scoreOf(edited);
    await changeCallback(tx, ctx, {
      id: row.id,
      kind: "edited",
      set: {
        request_type: edited.requestType,
        urgency: edited.urgency,
        tier: edited.tier,
        sum,
        priority,
        order_key: orderKeyOf(sum, new Date(row.createdAt)),
      },
    });
    await retarget(tx, ctx, { ...edited, priority });
  });
}

async function retarget(tx: Transaction, ctx: Context, row: CallbackRow): Promise<void> {
  const policy = await choosePolicy(tx, ctx, row);
  const targets = policy.definition.targets[row.priority];
  const { policyId, policyVersion, calendarId, calendarVersion } = policy;
  const clocks = await tx.execute<{
    metric: "first_attempt" | "first_contact" | "resolution";
    at: string;
  }>(sql`
    select metric, greatest(started_at, clock_now())::text as at from sla_clocks
    where workspace_id = ${ctx.workspaceId} and callback_id = ${row.id} and cycle = ${row.cycle} and status <> 'stopped'
      and metric <> 'promise' order by metric`);
  await appendClockEvents(tx, ctx, {
    callbackId: row.id,
    cycle: row.cycle,
    events: clocks.map(({ metric, at }) => ({
      metric,
      kind: "retarget",
      at: new Date(at),
      targetMs: 60_000 * (metric === "resolution" ? targets.resolutionMinutes : targets.firstAttemptMinutes),
      policyId,
      policyVersion,
      calendarId,
      calendarVersion,
    })),
  });
}
