import { sql } from "drizzle-orm";
import { type Transaction, withTransaction } from "@/db/transaction";
import { inReach, requireAgent } from "@/server/callbacks";
import { callbackReaders, type Outcome } from "@/server/callbacks/status";
import { type Context, requireRole } from "@/server/platform/context";
import { required } from "@/server/platform/errors";
import { parseId } from "@/server/platform/ids";
import { chooseLine, readRules, readTopic } from "@/server/telephony";
import { type CallPurpose, handOffRefusal } from "@/server/telephony/status";
import { readOwnPhone } from "./own-phone";
import { type CallResult, type CallState, callResults } from "./status";

/** A call over the bridge, as an agent follows it. */
export type LiveCall = {
  id: string;
  attemptId: string | null;
  state: CallState;
  /** Null while it goes on, and while the customer's end of it is not known. */
  result: CallResult | null;
  /** What the line told; the agent confirms it. */
  suggested: Outcome | null;
  line: string;
  intendedAt: string;
  connectedAt: string | null;
  endedAt: string | null;
  talkSeconds: number | null;
  /** Why it was not made. */
  sentence: string | null;
};

/** How the customer of a request may be called by whoever asks. */
export type CallDesk = {
  /** The line that the bridge calls from; null: it cannot, and `sentence` says what to do. */
  line: { number: string; provider: "exotel" | "twilio" } | null;
  purpose: CallPurpose;
  sentence: string | null;
  /** Whether the agent's own phone may dial, and why not. */
  handOff: { open: true } | { open: false; reason: string };
  ownPhone: string | null;
  /** Read out at the start; empty: nothing. */
  script: string;
  /** The latest call of the request. */
  call: LiveCall | null;
};

/**
 * How a request's customer may be called, what has to be said, and how the latest bridged call stands.
 * @throws AppError FORBIDDEN for who takes no calls; NOT_FOUND
 */
export async function readCallDesk(ctx: Context, input: { callbackId: string }): Promise<CallDesk> {
  requireRole(ctx, ...callbackReaders);
  requireAgent(ctx);
  const callbackId = parseId(input.callbackId);
  return withTransaction(ctx, async (tx) => {
    const [request] = await tx.execute<{ requestType: string }>(sql`
      select r.request_type as "requestType" from callback_requests r where ${inReach(ctx)} and r.id = ${callbackId}`);
    const { purpose, script } = await readTopic(tx, ctx, required(request, "callback request").requestType);
    const [{ regulated }, choice] = [await readRules(tx, ctx), await chooseLine(tx, ctx, purpose)];
    return {
      purpose,
      script,
      line: choice.line && { number: choice.line.number, provider: choice.line.account.provider },
      sentence: choice.line ? null : choice.sentence,
      handOff: regulated ? { open: false, reason: handOffRefusal } : { open: true },
      ownPhone: await readOwnPhone(tx, ctx),
      call: await latestCall(tx, ctx, sql`callback_id = ${callbackId}`),
    };
  });
}

/** How a call stands that the caller began; for tests of an account. @throws AppError NOT_FOUND */
export async function readOwnCall(ctx: Context, { callId }: { callId: string }): Promise<LiveCall> {
  return withTransaction(ctx, async (tx) =>
    required(
      await latestCall(tx, ctx, sql`id = ${parseId(callId)} and membership_id = ${requireAgent(ctx)}`),
      "call",
    ),
  );
}

async function latestCall(
  tx: Transaction,
  ctx: Context,
  which: ReturnType<typeof sql>,
): Promise<LiveCall | null> {
  const [row] = await tx.execute<Omit<LiveCall, "suggested">>(sql`
    select id, attempt_id as "attemptId", state, result, line, to_json(intended_at) #>> '{}' as "intendedAt",
      to_json(connected_at) #>> '{}' as "connectedAt", to_json(ended_at) #>> '{}' as "endedAt",
      talk_seconds as "talkSeconds", sentence
    from calls where workspace_id = ${ctx.workspaceId} and ${which} order by intended_at desc limit 1`);
  return row ? { ...row, suggested: row.result ? callResults[row.result].outcome : null } : null;
}
