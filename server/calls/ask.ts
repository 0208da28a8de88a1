import { sql } from "drizzle-orm";
import { hotSql } from "@/db/client";
import { type Transaction, withTransaction } from "@/db/transaction";
import { readClock } from "@/server/platform/clock";
import type { Context } from "@/server/platform/context";
import { alone } from "@/server/platform/each-workspace";
import { findTelephonyAccount, telephonyAdapterOf } from "@/server/telephony";
import { type CallRow, findCall } from "./call-row";
import { endCall, hearReport } from "./hear";

/** Waits between questions about one call (s); the last one repeats. */
const WAITS = [60, 120, 300, 600];
/** Questions about the customer's end of a call that is over; then it counts as hung up before the answer. */
const MOST_ASKS_FOR_RESULT = 3;
/** No call lasts longer, ringing and a provider's lateness included (ms). */
const GIVE_UP_MS = 2 * 3_600_000;

/** What is left to ask: nothing, or again after so many seconds. */
export type Asked = { done: true } | { done: false; afterSeconds: number };

/**
 * Asks the provider what became of a call that is due to be asked about. This is how a lost answer, a dead process and lost
 * webhooks are mended: by asking, never by dialling again. The question runs outside of any transaction.
 */
export async function askAboutCall(ctx: Context, callId: string): Promise<Asked> {
  const due = await withTransaction(ctx, async (tx) => {
    const wait = await secondsLeft(tx, ctx, callId);
    const call = wait === 0 ? await findCall(tx, ctx, { callId }) : null;
    return { wait, call, account: call && (await findTelephonyAccount(tx, ctx, call.accountId)) };
  });
  const { wait, call, account } = due;
  if (!call || !account) return wait === null ? { done: true } : { done: false, afterSeconds: wait };
  const told = await telephonyAdapterOf(account).find(call);
  return withTransaction(ctx, async (tx) => {
    if (told === "absent" || told === "unavailable") await hearNoReport(tx, ctx, callId, told);
    else await hearReport(tx, ctx, { callId, accountId: account.id, report: told });
    return askAgain(tx, ctx, callId);
  });
}

/** Seconds until the call is due to be asked about; null when there is nothing to ask. */
async function secondsLeft(tx: Transaction, ctx: Context, callId: string): Promise<number | null> {
  const [row] = await tx.execute<{ wait: number | null }>(sql`
    select greatest(0, ceil(extract(epoch from ask_at - clock_now())))::int as wait from calls
    where workspace_id = ${ctx.workspaceId} and id = ${callId} and ask_at is not null`);
  return row?.wait ?? null;
}

async function hearNoReport(
  tx: Transaction,
  ctx: Context,
  callId: string,
  told: "absent" | "unavailable",
): Promise<void> {
  const call = await findCall(tx, ctx, { callId, lock: true });
  if (!call || call.result !== null) return;
  // Only a call that was never seen at the provider is known not to have been placed.
  if (told === "absent" && call.providerCallId === null)
    await endCall(tx, ctx, {
      call,
      result: "not_placed",
      sentence: "The provider says that it made no such call, so nobody was called. Call again.",
    });
}

/** Notes the question, and when the next one is due. */
async function askAgain(tx: Transaction, ctx: Context, callId: string): Promise<Asked> {
  const call = await findCall(tx, ctx, { callId, lock: true });
  if (!call || call.result !== null) return { done: true };
  if (await isHopeless(tx, ctx, call)) return { done: true };
  const wait = WAITS[Math.min(call.asks, WAITS.length - 1)] ?? 600;
  await tx.execute(sql`
    update calls set asks = asks + 1, ask_at = clock_now() + ${wait} * interval '1 second'
    where workspace_id = ${ctx.workspaceId} and id = ${call.id}`);
  return { done: false, afterSeconds: wait };
}

/** Ends what nothing will be told of any more. */
async function isHopeless(tx: Transaction, ctx: Context, call: CallRow): Promise<boolean> {
  if (call.over && call.asks + 1 >= MOST_ASKS_FOR_RESULT) {
    await endCall(tx, ctx, {
      call,
      result: "cancelled",
      sentence: "The call ended before the customer answered.",
    });
    return true;
  }
  if ((await readClock(tx)).getTime() - call.intendedAt.getTime() < GIVE_UP_MS) return false;
  await endCall(tx, ctx, {
    call,
    result: "lost",
    sentence: "The provider could not be asked what became of this call. It counts as a try.",
  });
  return true;
}

const AT_ONCE = 20;
/** The durable function of each call asks first; the sweep is for what it did not reach (s). */
const GRACE = 30;

/**
 * Asks about calls of any workspace that should have been asked about by now; one that breaks holds up no other. True when
 * there may be more.
 */
export async function sweepCalls(): Promise<boolean> {
  const due = await hotSql()<Due[]>`
    select id as "callId", workspace_id as "workspaceId" from calls_to_ask_about(${GRACE} * interval '1 second', ${AT_ONCE})`;
  const asked = await Promise.all(due.map(askOrPutOff));
  return due.length === AT_ONCE && asked.every(Boolean);
}

type Due = { callId: string; workspaceId: string };

/** False when it broke: the call waits for its next question then, else those that break would be all that is due. */
async function askOrPutOff({ callId, workspaceId }: Due): Promise<boolean> {
  const asked = await alone("lost calls", { workspaceId }, (ctx) => askAboutCall(ctx, callId));
  if (asked) return true;
  await alone("lost calls", { workspaceId }, (ctx) =>
    withTransaction(ctx, (tx) =>
      tx.execute(sql`
        update calls set ask_at = clock_now() + ${WAITS[0]} * interval '1 second'
        where workspace_id = ${workspaceId} and id = ${callId} and ask_at is not null`),
    ),
  );
  return false;
}
