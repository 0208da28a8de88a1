import { sql } from "drizzle-orm";
import { z } from "zod";
import { callbackAttempts } from "@/db/schema/callbacks";
import { type Transaction, withTransaction } from "@/db/transaction";
import { readClock } from "@/server/platform/clock";
import type { Context } from "@/server/platform/context";
import { required } from "@/server/platform/errors";
import { newId, parseId } from "@/server/platform/ids";
import { requireHandOff } from "@/server/telephony";
import { type AfterMiss, afterMiss } from "./after-miss";
import { changeCallback, lockCallback } from "./change";
import { clocksOfAttempt, clocksOfContact } from "./clocks";
import { requireDialWindow } from "./dial-window";
import { CALL_MS, type HoldInput, holdFor, requireHold, requireNoCall, WRAP_UP_MS } from "./hold";
import { movePresence } from "./presence";
import { requireAgent } from "./require-agent";
import { requireDue } from "./require-due";
import { type Outcome, outcomes } from "./status";

/** How a call is made: from the agent's own phone, or over a provider's bridge. */
type Dial = HoldInput & { via: "tel" | "exotel" | "twilio" };

/**
 * An agent is about to dial: the attempt is stored before any number is dialled, and it is what the first-attempt clock
 * waits for. @throws AppError CONFLICT `claim_ended`, `outside_dial_window` or `not_yet` (with the next allowed time),
 * `call_under_way`; FORBIDDEN `bridge_only` for the agent's own phone at a regulated insurer
 */
export function beginAttempt(ctx: Context, input: Dial): Promise<{ attemptId: string }> {
  return withTransaction(ctx, (tx) => beginAttemptIn(tx, ctx, input));
}

/** The same in the transaction that stores how it is dialled. */
export async function beginAttemptIn(
  tx: Transaction,
  ctx: Context,
  input: Dial,
): Promise<{ attemptId: string }> {
  if (input.via === "tel") await requireHandOff(tx, ctx);
  await requireHold(tx, ctx, input);
  const row = await lockCallback(tx, ctx, { id: input.callbackId, verb: "release" });
  const now = await readClock(tx);
  await requireDialWindow(tx, ctx, row);
  await requireDue(tx, ctx, row);
  const attemptId = newId();
  await requireNoCall(tx, ctx, row);
  await holdFor(tx, ctx, input, CALL_MS);
  await tx.insert(callbackAttempts).values({
    id: attemptId,
    workspaceId: ctx.workspaceId,
    callbackId: row.id,
    membershipId: requireAgent(ctx),
    via: input.via,
    selfReported: input.via === "tel",
    startedAt: now,
  });
  await clocksOfAttempt(tx, ctx, row, now);
  await movePresence(tx, ctx, "on_call");
  await changeCallback(tx, ctx, {
    id: row.id,
    kind: "attempt_started",
    set: { attempts: row.attempts + 1, last_attempt_at: now.toISOString() },
    detail: { attemptId, via: input.via },
  });
  return { attemptId };
}

const outcomeKeys = Object.keys(outcomes) as [Outcome, ...Outcome[]];
export const outcomeInput = z.object({
  callbackId: z.string(),
  generation: z.number().int(),
  attemptId: z.string(),
  outcome: z.enum(outcomeKeys),
  talkSeconds: z.number().int().min(0).max(86_400).nullish(),
  note: z.string().trim().max(4_000).default(""),
});
export type OutcomeInput = z.input<typeof outcomeInput>;

/** `wrap_up`: the agent goes on to close it. */
export type AfterOutcome = { next: "wrap_up" } | AfterMiss;

/**
 * How a call went. Not answered: the request is tried again by the rules, or expires after the last try; a wrong number ends
 * it. @throws AppError CONFLICT `claim_ended`; NOT_FOUND for an attempt that is not open
 */
export function recordOutcome(ctx: Context, input: OutcomeInput): Promise<AfterOutcome> {
  const said = outcomeInput.parse(input);
  return withTransaction(ctx, async (tx) => {
    await requireHold(tx, ctx, said);
    const row = await lockCallback(tx, ctx, { id: said.callbackId, verb: "release" });
    const now = await readClock(tx);
    const heard = await settleAttempt(tx, ctx, said, now);
    await holdFor(tx, ctx, said, WRAP_UP_MS);
    const detail = { attemptId: said.attemptId, outcome: said.outcome };
    await movePresence(tx, ctx, said.outcome === "connected" ? "wrap_up" : "available");
    if (said.outcome === "connected") {
      if (heard.contacted) return { next: "wrap_up" };
      await clocksOfContact(tx, ctx, row, heard.at);
      const contacted_at = row.contactedAt ?? heard.at.toISOString();
      await changeCallback(tx, ctx, { id: row.id, kind: "connected", set: { contacted_at }, detail });
      return { next: "wrap_up" };
    }
    return afterMiss(tx, ctx, { row, now, detail, outcome: said.outcome, endedAt: heard.at });
  });
}

/**
 * `contacted`: the bridge told of the talk before the agent did, so it is counted already. `at`: when they talked; said after
 * the claim had ended, that was when the call began, not now.
 */
async function settleAttempt(
  tx: Transaction,
  ctx: Context,
  { attemptId, callbackId, outcome, talkSeconds, note }: ReturnType<typeof outcomeInput.parse>,
  now: Date,
): Promise<{ contacted: boolean; at: Date }> {
  const [row] = await tx.execute<{ contacted: boolean; late: string | null }>(sql`
    update callback_attempts a set outcome = ${outcome}, state = ${outcome === "failed" ? "failed" : "ended"},
      ended_at = case when before.state = 'unknown' then before.ended_at else ${now.toISOString()}::timestamptz end, talk_seconds = coalesce(a.talk_seconds, ${talkSeconds ?? null}::int), note = ${note},
      connected_at = case when ${outcome === "connected"} then coalesce(a.connected_at, a.started_at) end
    from callback_attempts before
    where a.workspace_id = ${ctx.workspaceId} and a.id = ${parseId(attemptId)} and a.callback_id = ${callbackId}
      and a.outcome is null and before.id = a.id
    returning before.connected_at is not null as contacted,
      case when before.state = 'unknown' then before.started_at end::text as late`);
  const { contacted, late } = required(row, "call");
  return { contacted, at: late ? new Date(late) : now };
}
