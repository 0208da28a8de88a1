import { sql } from "drizzle-orm";
import type { Transaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { parseId } from "@/server/platform/ids";
import type { TelephonyProvider } from "@/server/telephony/status";
import type { CallFacts } from "./facts";
import type { CallResult, CallState } from "./status";

/** A call as the verbs read it. */
export type CallRow = CallFacts & {
  id: string;
  callbackId: string | null;
  attemptId: string | null;
  membershipId: string;
  accountId: string;
  provider: TelephonyProvider;
  providerCallId: string | null;
  line: string;
  agentPhone: string;
  customerPhone: string;
  state: CallState;
  result: CallResult | null;
  intendedAt: Date;
  asks: number;
};

type Raw = Omit<CallRow, "over" | "intendedAt" | "connectedAt" | "endedAt"> &
  Record<"intendedAt" | "connectedAt" | "endedAt", string | null>;

/** Null when there is none: reports name calls that were never ours, too. */
export async function findCall(
  tx: Transaction,
  ctx: Context,
  { callId, lock = false }: { callId: string; lock?: boolean },
): Promise<CallRow | null> {
  const [raw] = await tx.execute<Raw>(sql`
    select id, callback_id as "callbackId", attempt_id as "attemptId", membership_id as "membershipId",
      account_id as "accountId", provider, provider_call_id as "providerCallId", line, agent_phone as "agentPhone",
      customer_phone as "customerPhone", state, result, agent_leg as "agentLeg", customer_leg as "customerLeg",
      talk_seconds as "talkSeconds", recording_url as "recordingUrl", intended_at::text as "intendedAt",
      connected_at::text as "connectedAt", ended_at::text as "endedAt", asks
    from calls where workspace_id = ${ctx.workspaceId} and id = ${parseId(callId)} ${lock ? sql`for update` : sql``}`);
  if (!raw) return null;
  const date = (text: string | null) => (text === null ? null : new Date(text));
  return {
    ...raw,
    over: raw.state === "ended",
    intendedAt: new Date(raw.intendedAt ?? 0),
    connectedAt: date(raw.connectedAt),
    endedAt: date(raw.endedAt),
  };
}

/** The context of what a bridge tells: the system acts, for the agent who placed the call. */
export const onBehalfOf = (ctx: Context, membershipId: string): Context => ({
  ...ctx,
  actor: { kind: "system", id: null },
  role: "agent",
  membershipId,
});
