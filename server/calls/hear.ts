import { sql } from "drizzle-orm";
import type { Transaction } from "@/db/transaction";
import { hearConnected, hearEnded, hearNotDialled, hearNothing, keepFacts } from "@/server/callbacks";
import { readClock } from "@/server/platform/clock";
import type { Context } from "@/server/platform/context";
import { bumpTopics } from "@/server/platform/realtime";
import type { CallReport } from "@/server/telephony";
import { type CallRow, findCall, onBehalfOf } from "./call-row";
import { type CallFacts, mergeReport, resultOf, stateOf } from "./facts";
import { type CallResult, callResults } from "./status";

/** Seconds until the provider is asked what the customer's end was, when only the agent's was told. */
const ASK_FOR_RESULT = 10;

type Told = { callId: string; accountId: string; report: CallReport };

/**
 * Merges what a provider tells of a call, and lets it act on the request as far as it is new. Safe to repeat, in any order;
 * reports about calls that are not this account's change nothing.
 */
export async function hearReport(
  tx: Transaction,
  ctx: Context,
  { callId, accountId, report }: Told,
): Promise<void> {
  const call = await findCall(tx, ctx, { callId, lock: true });
  if (!call || call.accountId !== accountId) return;
  // The report of another call that somebody placed with our address: a provider's ids do not change.
  const theirs = report.providerCallId ?? call.providerCallId;
  if (call.providerCallId !== null && call.providerCallId !== theirs) return;
  const facts = mergeReport(call, report);
  const over = facts.over || call.state === "ended";
  const result = over ? (resultOf({ ...facts, over }) ?? call.result) : null;
  const ended = over ? (facts.endedAt ?? call.endedAt ?? (await readClock(tx))) : null;
  await tx.execute(sql`
    update calls set provider_call_id = ${theirs}, agent_leg = ${facts.agentLeg},
      customer_leg = ${facts.customerLeg}, talk_seconds = ${facts.talkSeconds}::int, recording_url = ${facts.recordingUrl},
      state = ${stateOf({ ...facts, over })}, result = ${result},
      connected_at = ${facts.connectedAt?.toISOString() ?? null}::timestamptz,
      ended_at = ${ended?.toISOString() ?? null}::timestamptz, sentence = null,
      ask_at = case when ${result !== null} then null
        when ${over} then clock_now() + ${ASK_FOR_RESULT} * interval '1 second' else ask_at end
    where workspace_id = ${ctx.workspaceId} and id = ${call.id}`);
  await actOn(tx, onBehalfOf(ctx, call.membershipId), call, { ...facts, endedAt: ended, result });
  await bumpCall(tx, ctx, call);
}

/** What is new moves the request: the talk, the end, the recording. */
async function actOn(
  tx: Transaction,
  ctx: Context,
  before: CallRow,
  now: CallFacts & { result: CallResult | null },
): Promise<void> {
  const { callbackId, attemptId } = before;
  if (!callbackId || !attemptId) return;
  const heard = { callbackId, attemptId };
  const talked = now.result === "connected" || now.customerLeg === "answered";
  if (talked && before.customerLeg !== "answered" && before.customerLeg !== "completed")
    await hearConnected(tx, ctx, { ...heard, at: now.connectedAt ?? (await readClock(tx)) });
  const { recordingUrl, talkSeconds } = now;
  if (recordingUrl !== before.recordingUrl || talkSeconds !== before.talkSeconds)
    await keepFacts(tx, ctx, { attemptId, recordingUrl, talkSeconds });
  if (now.result !== null && before.result === null)
    await actOnEnd(tx, ctx, heard, { ...now, result: now.result });
}

async function actOnEnd(
  tx: Transaction,
  ctx: Context,
  heard: { callbackId: string; attemptId: string },
  { result, endedAt }: { result: CallResult; endedAt: Date | null },
): Promise<void> {
  const { outcome } = callResults[result];
  if (result === "lost") await hearNothing(tx, ctx, heard);
  else if (outcome === null) await hearNotDialled(tx, ctx, { ...heard, reason: result });
  else await hearEnded(tx, ctx, { ...heard, at: endedAt ?? (await readClock(tx)), outcome });
}

/** Ends a call that the provider did not place, or of which nothing will be told any more; the agent reads why. */
export async function endCall(
  tx: Transaction,
  ctx: Context,
  { call, result, sentence }: { call: CallRow; result: CallResult; sentence: string },
): Promise<void> {
  const ended = await tx.execute(sql`
    update calls set state = 'ended', result = ${result}, sentence = ${sentence}, ask_at = null,
      ended_at = coalesce(ended_at, clock_now())
    where workspace_id = ${ctx.workspaceId} and id = ${call.id} and result is null returning 1`);
  if (ended.length === 0) return;
  if (call.callbackId && call.attemptId)
    await actOnEnd(
      tx,
      onBehalfOf(ctx, call.membershipId),
      { callbackId: call.callbackId, attemptId: call.attemptId },
      { result, endedAt: null },
    );
  await bumpCall(tx, ctx, call);
}

/** Tabs that show the call read it again. */
export const bumpCall = (tx: Transaction, ctx: Context, call: Pick<CallRow, "id" | "callbackId">) =>
  bumpTopics(
    tx,
    ctx,
    "calls",
    `call:${call.id}`,
    ...(call.callbackId ? [`callback:${call.callbackId}`] : []),
  );
