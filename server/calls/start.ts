import { sql } from "drizzle-orm";
import postgres from "postgres";
import { calls } from "@/db/schema/calls";
import { type Transaction, withTransaction } from "@/db/transaction";
import { beginAttemptIn, type HoldInput, requireAgent, requireHold } from "@/server/callbacks";
import { enqueue } from "@/server/jobs/enqueue";
import type { Context } from "@/server/platform/context";
import { AppError, required } from "@/server/platform/errors";
import { newId, parseId } from "@/server/platform/ids";
import { type CallLine, chooseLine, readTopic } from "@/server/telephony";
import { bumpCall } from "./hear";
import { readOwnPhone } from "./own-phone";
import { ASK_AFTER, placeCall } from "./place";

/**
 * Calls the customer of a claimed request over the bridge: the agent's phone rings first. The call and the attempt are stored
 * before the provider is asked, and committed; what becomes of them is told on the topic `callback:<id>`.
 * @throws AppError CONFLICT `claim_ended`, `outside_dial_window`, `call_under_way`, `no_line`, `no_phone`; LIMIT_EXCEEDED
 */
export async function startCall(ctx: Context, input: HoldInput): Promise<{ callId: string }> {
  const callId = newId();
  await withTransaction(ctx, async (tx) => {
    await requireHold(tx, ctx, input);
    const request = await readRequest(tx, ctx, input.callbackId);
    const { purpose } = await readTopic(tx, ctx, request.requestType);
    const choice = await chooseLine(tx, ctx, purpose);
    if (!choice.line) throw new AppError("CONFLICT", choice.sentence, { code: "no_line" });
    const agentPhone = await requirePhone(tx, ctx);
    await requireRoom(tx, ctx, choice.line);
    const { account } = choice.line;
    const { attemptId } = await beginAttemptIn(tx, ctx, { ...input, via: account.provider });
    await intend(tx, ctx, {
      ...{ id: callId, callbackId: input.callbackId, attemptId, purpose },
      ...{ agentPhone, customerPhone: request.phone, line: choice.line },
    });
  }).catch(sayUnderWay);
  await placeCall(ctx, callId);
  return { callId };
}

type Intended = {
  id: string;
  callbackId: string | null;
  attemptId: string | null;
  purpose: CallLine["purpose"];
  agentPhone: string;
  customerPhone: string;
  line: CallLine;
};

/** Stores that a call is about to be placed, and who asks what became of it, together. */
export async function intend(tx: Transaction, ctx: Context, { line, ...call }: Intended): Promise<void> {
  await tx.insert(calls).values({
    ...call,
    workspaceId: ctx.workspaceId,
    membershipId: requireAgent(ctx),
    accountId: line.account.id,
    provider: line.account.provider,
    line: line.number,
    askAt: sql`clock_now() + ${ASK_AFTER} * interval '1 second'` as unknown as Date,
  });
  await enqueue(tx, ctx, "call/intended", { callId: call.id }, call.id);
  await bumpCall(tx, ctx, call);
}

async function readRequest(tx: Transaction, ctx: Context, callbackId: string) {
  const [row] = await tx.execute<{ phone: string; requestType: string }>(sql`
    select phone, request_type as "requestType" from callback_requests
    where workspace_id = ${ctx.workspaceId} and id = ${parseId(callbackId)}`);
  return required(row, "callback request");
}

async function requirePhone(tx: Transaction, ctx: Context): Promise<string> {
  const phone = await readOwnPhone(tx, ctx);
  if (phone) return phone;
  throw new AppError(
    "CONFLICT",
    "Enter the number of your own phone first: it rings before the customer’s.",
    {
      code: "no_phone",
    },
  );
}

/** @throws AppError LIMIT_EXCEEDED when the account has begun as many calls in the last minute as it may */
export async function requireRoom(tx: Transaction, ctx: Context, { account }: CallLine): Promise<void> {
  // One after the other: two who ask at once must not both take the last place.
  await tx.execute(sql`select 1 from telephony_accounts where id = ${account.id} for update`);
  const [row] = await tx.execute<{ begun: number }>(sql`
    select count(*)::int as begun from calls
    where workspace_id = ${ctx.workspaceId} and account_id = ${account.id} and intended_at > clock_now() - interval '1 minute'`);
  if ((row?.begun ?? 0) < account.callsPerMinute) return;
  throw new AppError(
    "LIMIT_EXCEEDED",
    `“${account.name}” may begin ${account.callsPerMinute} calls a minute, and that many have begun. Try again in a minute.`,
    { max: account.callsPerMinute },
  );
}

/** The indexes are what keeps two calls of a number, or of an agent, apart. */
export function sayUnderWay(error: unknown): never {
  const cause = error instanceof Error && error.cause instanceof postgres.PostgresError ? error.cause : error;
  if (cause instanceof postgres.PostgresError && cause.constraint_name === "calls_live_number_key")
    throw new AppError(
      "CONFLICT",
      "Somebody is on a call to this number. It can be called when that has ended.",
      {
        code: "call_under_way",
      },
    );
  if (cause instanceof postgres.PostgresError && cause.constraint_name === "calls_live_agent_key")
    throw new AppError("CONFLICT", "A call of yours is under way. End it first.", { code: "call_under_way" });
  throw error;
}
