import { sql } from "drizzle-orm";
import type { Transaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { parseId } from "@/server/platform/ids";
import { type CallbackRow, changeCallback } from "./change";
import { clocksOfContact } from "./clocks";
import { WRAP_UP_MS } from "./hold";
import { movePresence } from "./presence";
import { type Outcome, openStatuses } from "./status";

/** What a bridge tells of an attempt. The caller acts as the agent who dialled: presence and log are theirs. */
type Heard = { callbackId: string; attemptId: string };

/** The customer answered: the first talk is counted from then on, whatever the agent says later. */
export async function hearConnected(
  tx: Transaction,
  ctx: Context,
  { callbackId, attemptId, at }: Heard & { at: Date },
): Promise<void> {
  const row = await lockHeard(tx, ctx, callbackId);
  const [attempt] = await tx.execute<{ at: string }>(sql`
    update callback_attempts set state = case when outcome is null then 'connected' else state end,
      connected_at = least(greatest(${at.toISOString()}::timestamptz, started_at), clock_now())
    where workspace_id = ${ctx.workspaceId} and id = ${parseId(attemptId)} and connected_at is null
    returning connected_at::text as at`);
  if (!row || !attempt || !isOpen(row)) return;
  const contactedAt = new Date(attempt.at);
  await clocksOfContact(tx, ctx, row, contactedAt);
  await changeCallback(tx, ctx, {
    id: row.id,
    kind: "connected",
    set: { contacted_at: row.contactedAt ?? contactedAt.toISOString() },
    detail: { attemptId },
  });
}

/**
 * The call has ended: wrap-up begins. A talk is settled with the bridge's own times; of a miss the agent, who heard the line,
 * says what it was, unless nobody waits for it any more.
 */
export async function hearEnded(
  tx: Transaction,
  ctx: Context,
  heard: Heard & { at: Date; outcome: Outcome },
): Promise<void> {
  const { callbackId, attemptId, at, outcome } = heard;
  await lockHeard(tx, ctx, callbackId);
  const settles = sql`(${outcome === "connected"} or state = 'unknown')`;
  await tx.execute(sql`
    update callback_attempts set
      outcome = case when ${settles} then coalesce(outcome, ${outcome}) else outcome end,
      state = case when ${settles} then 'ended' else state end,
      ended_at = case when ${settles} then greatest(${at.toISOString()}::timestamptz, started_at) else ended_at end
    where workspace_id = ${ctx.workspaceId} and id = ${parseId(attemptId)}`);
  await tx.execute(sql`
    update callback_holds set until = greatest(until, clock_now() + ${WRAP_UP_MS} * interval '1 millisecond')
    where workspace_id = ${ctx.workspaceId} and callback_id = ${callbackId} and membership_id = ${ctx.membershipId}
      and until > clock_now()`);
  await movePresence(tx, ctx, "wrap_up", ["on_call"]);
}

/** The customer's phone never rang: it is no try of theirs, and the agent may call again at once. */
export async function hearNotDialled(
  tx: Transaction,
  ctx: Context,
  { callbackId, attemptId, reason }: Heard & { reason: string },
): Promise<void> {
  const row = await lockHeard(tx, ctx, callbackId);
  await tx.execute(sql`
    update callback_attempts set outcome = 'failed', state = 'failed', ended_at = clock_now()
    where workspace_id = ${ctx.workspaceId} and id = ${parseId(attemptId)} and outcome is null`);
  await movePresence(tx, ctx, "available", ["on_call"]);
  if (row && isOpen(row))
    await changeCallback(tx, ctx, {
      id: row.id,
      kind: "not_dialled",
      set: {},
      detail: { attemptId, reason },
    });
}

/** Nothing will be told any more: like a call of which the agent said nothing, it counts as a try. */
export async function hearNothing(tx: Transaction, ctx: Context, { attemptId }: Heard): Promise<void> {
  await tx.execute(sql`
    update callback_attempts set state = 'unknown', ended_at = clock_now()
    where workspace_id = ${ctx.workspaceId} and id = ${parseId(attemptId)} and outcome is null and state <> 'unknown'`);
  await movePresence(tx, ctx, "available", ["on_call"]);
}

/** How long both talked, and where it can be heard (the provider keeps it); told late, they stay. */
export async function keepFacts(
  tx: Transaction,
  ctx: Context,
  { attemptId, ...facts }: { attemptId: string; recordingUrl: string | null; talkSeconds: number | null },
): Promise<void> {
  await tx.execute(sql`
    update callback_attempts set recording_url = coalesce(${facts.recordingUrl}, recording_url),
      talk_seconds = coalesce(${facts.talkSeconds}::int, talk_seconds)
    where workspace_id = ${ctx.workspaceId} and id = ${parseId(attemptId)}`);
}

const isOpen = ({ status }: Pick<CallbackRow, "status">): boolean =>
  (openStatuses as readonly string[]).includes(status);

/** Locks the request, whatever its state is, and the agent's claim, if it still lasts: what a bridge tells comes late. */
async function lockHeard(tx: Transaction, ctx: Context, callbackId: string) {
  const [row] = await tx.execute<Pick<CallbackRow, "id" | "cycle" | "slots" | "status" | "contactedAt">>(sql`
    select id, cycle, slots, status, contacted_at::text as "contactedAt" from callback_requests
    where workspace_id = ${ctx.workspaceId} and id = ${parseId(callbackId)} for update`);
  await tx.execute(sql`
    select 1 from callback_holds
    where workspace_id = ${ctx.workspaceId} and membership_id = ${ctx.membershipId} and callback_id = ${parseId(callbackId)}
    for update`);
  return row;
}
