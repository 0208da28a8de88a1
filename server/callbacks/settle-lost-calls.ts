import { sql } from "drizzle-orm";
import { type Transaction, withTransaction } from "@/db/transaction";
import { type CallResult, callResults } from "@/server/calls/status";
import { readClock } from "@/server/platform/clock";
import { type Context, systemContext } from "@/server/platform/context";
import { loggerFor } from "@/server/platform/logger";
import { afterMiss } from "./after-miss";
import { changeCallback, dropHold, lockCallback, lockRequest } from "./change";

type Lost = { callbackId: string; attemptId: string };

const MOST = 100;
/** While the line says that they still talk, the claim lasts so much longer at each look (s); for no longer than a line is believed. */
const TALK_SECONDS = 300;
const LONGEST_TALK_HOURS = 4;
const log = loggerFor("callbacks");

/**
 * Claims of a workspace that have ended though nobody said how the call went: its agent's browser is gone. What a bridge told
 * settles it, as if the agent had confirmed it. Of what is not known the try counts, and nobody dials the number again before
 * the next try is due; whoever made the call can still say how it went. Answers how many it settled: one that cannot be is
 * logged and left for the next look, and keeps nobody from working on the others.
 */
export async function settleLostCalls(workspaceId: string): Promise<number> {
  const ctx = systemContext(workspaceId);
  const lost = await withTransaction(ctx, async (tx) => {
    const holds = await tx.execute<{ id: string }>(sql`
      select callback_id as id from callback_holds
      where workspace_id = ${workspaceId} and until <= clock_now() order by until limit ${MOST}`);
    if (holds.length === 0) return [];
    const ids = sql.param(holds.map(({ id }) => id));
    return [
      ...(await tx.execute<Lost>(sql`
        select callback_id as "callbackId", id as "attemptId" from callback_attempts
        where workspace_id = ${workspaceId} and callback_id = any(${ids}::uuid[])
          and outcome is null and state <> 'unknown'`)),
    ];
  });
  let settled = 0;
  for (const one of lost)
    try {
      await withTransaction(ctx, (tx) => settle(tx, ctx, one));
      settled++;
    } catch (error) {
      const { code, message } = error as { code?: string; message?: string };
      log.error({ ...one, code, message }, "the call of a claim that has ended could not be settled");
    }
  return settled;
}

type Told = {
  connected: boolean;
  /** The bridge has not told its end, and may still. */
  live: boolean;
  startedAt: string;
  /** What the bridge told, and when it ended; null where it told nothing, or there was none. */
  result: CallResult | null;
  endedAt: string | null;
};

async function settle(tx: Transaction, ctx: Context, { callbackId, attemptId }: Lost): Promise<void> {
  // The request first, as the verbs of work do; the claim's holder may have come back meanwhile.
  await lockRequest(tx, ctx, callbackId);
  const [ended] = await tx.execute(sql`
    select 1 from callback_holds where workspace_id = ${ctx.workspaceId} and callback_id = ${callbackId}
      and until <= clock_now() for update`);
  if (!ended) return;
  const row = await lockCallback(tx, ctx, { id: callbackId, verb: "release" });
  const [told] = await tx.execute<Told>(sql`
    select a.connected_at is not null as connected, a.started_at::text as "startedAt",
      coalesce(c.state <> 'ended' and a.started_at > clock_now() - ${LONGEST_TALK_HOURS} * interval '1 hour', false) as live,
      c.result, c.ended_at::text as "endedAt"
    from callback_attempts a
    left join calls c on c.workspace_id = a.workspace_id and c.callback_id = a.callback_id and c.attempt_id = a.id
    where a.workspace_id = ${ctx.workspaceId} and a.id = ${attemptId} and a.outcome is null and a.state <> 'unknown'`);
  if (!told) return;
  const outcome = told.result === null ? null : callResults[told.result].outcome;
  if (told.connected && told.live) {
    // They talk: whoever got the request now could not dial, and would take the talk for a call of their own.
    await tx.execute(sql`
      update callback_holds set until = clock_now() + ${TALK_SECONDS} * interval '1 second'
      where workspace_id = ${ctx.workspaceId} and callback_id = ${callbackId}`);
    return;
  }
  if (told.connected || outcome === "connected") {
    // A talk: the request needs somebody who finishes it, and its end is told by the bridge.
    await dropHold(tx, ctx, callbackId);
    const status = row.assigneeId ? "assigned" : "pending";
    await changeCallback(tx, ctx, { id: callbackId, kind: "claim_ended", set: { status } });
    return;
  }
  const now = await readClock(tx);
  const endedAt = new Date((outcome !== null && told.endedAt) || told.startedAt);
  await tx.execute(sql`
    update callback_attempts set outcome = ${outcome}, state = ${outcome === null ? "unknown" : "ended"},
      ended_at = greatest(${(outcome === null ? now : endedAt).toISOString()}::timestamptz, started_at)
    where workspace_id = ${ctx.workspaceId} and id = ${attemptId}`);
  const detail = { attemptId, outcome: outcome ?? "unknown" };
  await afterMiss(tx, ctx, { row, now, detail, outcome, endedAt });
}
