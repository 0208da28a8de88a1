import { sql } from "drizzle-orm";
import { type Transaction, withTransaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { loggerFor } from "@/server/platform/logger";
import {
  findTelephonyAccount,
  notePlaced,
  type PlaceOutcome,
  readRules,
  telephonyAdapterOf,
  troubleTelephonyAccount,
} from "@/server/telephony";
import { type CallRow, findCall } from "./call-row";
import { bumpCall, endCall } from "./hear";

const log = loggerFor("calls");

/** Until the provider is asked about a call whose answer was lost (s): longer than any answer may take. */
export const ASK_AFTER = 45;
/** Until it is asked about a call that it placed, should its webhooks not come (s). */
const ASK_PLACED_AFTER = 120;

/**
 * Asks the provider to place a stored call, once. The request runs outside of any transaction: a slow provider holds no
 * lock. What it answers is stored; a lost answer is asked for later and never repeated.
 */
export async function placeCall(ctx: Context, callId: string): Promise<void> {
  const asked = await withTransaction(ctx, async (tx) => {
    const call = await findCall(tx, ctx, { callId });
    if (!call) return null;
    const account = await findTelephonyAccount(tx, ctx, call.accountId);
    return { call, account, record: (await readRules(tx, ctx)).record };
  });
  if (!asked) return;
  const { call, account, record } = asked;
  const { agentPhone, customerPhone, line } = call;
  const outcome = await telephonyAdapterOf(account).place({
    callId,
    agentPhone,
    customerPhone,
    line,
    record,
  });
  await withTransaction(ctx, (tx) => settle(tx, ctx, callId, outcome));
}

async function settle(tx: Transaction, ctx: Context, callId: string, outcome: PlaceOutcome): Promise<void> {
  const call = await findCall(tx, ctx, { callId, lock: true });
  if (!call) return;
  switch (outcome.kind) {
    case "placed":
      await notePlaced(tx, ctx, call.accountId);
      return placed(tx, ctx, call, outcome.providerCallId);
    case "unknown":
      log.warn({ callId, provider: call.provider, detail: outcome.detail }, "a provider’s answer was lost");
      await tx.execute(sql`
        update calls set state = 'unknown', ask_at = clock_now() + ${ASK_AFTER} * interval '1 second'
        where workspace_id = ${ctx.workspaceId} and id = ${call.id} and state = 'intended'`);
      return bumpCall(tx, ctx, call);
    case "refused":
      log.warn({ callId, provider: call.provider, detail: outcome.detail }, "a call was not placed");
      if (outcome.reason === "account")
        await troubleTelephonyAccount(tx, ctx, { accountId: call.accountId, sentence: outcome.sentence });
      return endCall(tx, ctx, { call, result: "not_placed", sentence: outcome.sentence });
  }
}

/** Reports may have come before the answer: they stay. */
async function placed(tx: Transaction, ctx: Context, call: CallRow, providerCallId: string): Promise<void> {
  await tx.execute(sql`
    update calls set provider_call_id = coalesce(provider_call_id, ${providerCallId}),
      state = case when state in ('intended', 'unknown') then 'agent_ringing' else state end,
      agent_leg = case when agent_leg = 'none' then 'asked' else agent_leg end,
      ask_at = case when state = 'ended' then ask_at else clock_now() + ${ASK_PLACED_AFTER} * interval '1 second' end
    where workspace_id = ${ctx.workspaceId} and id = ${call.id}`);
  await bumpCall(tx, ctx, call);
}
