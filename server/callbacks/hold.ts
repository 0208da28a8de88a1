import { type SQL, sql } from "drizzle-orm";
import { type Transaction, withTransaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { AppError } from "@/server/platform/errors";
import { parseId } from "@/server/platform/ids";
import { bumpTopics } from "@/server/platform/realtime";
import { requireState } from "@/server/platform/state";
import { lockRequest } from "./change";
import { CLAIM_MS } from "./claims";
import { recordActivity } from "./record-activity";
import { requireAgent } from "./require-agent";

/** Names a claim: what its holder got when the request was claimed. */
export type HoldInput = { callbackId: string; generation: number };

/**
 * Locks the request and the caller's live claim of it for the rest of the transaction. Every write of work begins with it.
 * The request first, as everything that takes or ends a claim does: two who lock in different orders would wait for each other.
 * @throws AppError CONFLICT `claim_ended` when it has ended or another has it: nothing is written then
 */
export async function requireHold(tx: Transaction, ctx: Context, input: HoldInput): Promise<void> {
  await lockRequest(tx, ctx, input.callbackId);
  const [row] = await tx.execute(sql`select 1 from callback_holds ${own(ctx, input)} for update`);
  if (row) return;
  throw new AppError(
    "CONFLICT",
    "You no longer hold this request: your claim ended, and it went back to the queue. Take it again to go on.",
    { code: "claim_ended" },
  );
}

const own = (ctx: Context, { callbackId, generation }: HoldInput): SQL => sql`
  where workspace_id = ${ctx.workspaceId} and callback_id = ${parseId(callbackId)}
    and membership_id = ${requireAgent(ctx)} and generation = ${generation} and until > clock_now()`;

/** How long a claim lasts while a call is under way: the phone's own app hides the browser, and its heartbeat stops. */
export const CALL_MS = 30 * 60_000;
/** The same once the agent has said how it went. */
export const WRAP_UP_MS = 5 * 60_000;

/** Lets a live claim last this long from now, whatever it lasted before. */
export async function holdFor(tx: Transaction, ctx: Context, input: HoldInput, ms: number): Promise<void> {
  await tx.execute(sql`
    update callback_holds set until = clock_now() + ${ms} * interval '1 millisecond' ${own(ctx, input)}`);
}

/** The heartbeat of an open work screen: the claim lasts at least a minute more. @throws AppError CONFLICT `claim_ended` */
export function keepClaim(ctx: Context, input: HoldInput): Promise<{ until: Date }> {
  return withTransaction(ctx, async (tx) => {
    await requireHold(tx, ctx, input);
    const [row] = await tx.execute<{ until: string }>(sql`
      update callback_holds set until = greatest(until, clock_now() + ${CLAIM_MS} * interval '1 millisecond')
      ${own(ctx, input)} returning until::text`);
    await tx.execute(sql`
      update agents set seen_at = clock_now()
      where workspace_id = ${ctx.workspaceId} and membership_id = ${ctx.membershipId}`);
    return { until: new Date(row?.until ?? 0) };
  });
}

/**
 * Nobody is on a call to this number: neither an attempt of the request that nobody told the end of, nor a bridged call that
 * goes on though its agent's claim has ended. @throws AppError CONFLICT `call_under_way`: how it went comes first
 */
export async function requireNoCall(
  tx: Transaction,
  ctx: Context,
  { id, phone }: { id: string; phone?: string },
): Promise<void> {
  const [open] = await tx.execute(sql`
    select id from callback_attempts
    where workspace_id = ${ctx.workspaceId} and callback_id = ${id} and outcome is null and state <> 'unknown' limit 1`);
  const [live] = phone
    ? await tx.execute(sql`
        select id from calls where workspace_id = ${ctx.workspaceId} and customer_phone = ${phone} and state <> 'ended'`)
    : [];
  if (!open && !live) return;
  throw new AppError("CONFLICT", "A call to this customer is under way. Say how it went before you go on.", {
    code: "call_under_way",
  });
}

/**
 * Gives a claimed request back to the queue, in its old place. With a `version`: only while the request has that one.
 * @throws AppError CONFLICT `claim_ended`, `call_under_way`, `stale_version`
 */
export function releaseClaim(ctx: Context, input: HoldInput & { version?: number | null }): Promise<void> {
  return withTransaction(ctx, async (tx) => {
    await requireHold(tx, ctx, input);
    if (input.version != null) await requireVersion(tx, ctx, input);
    await requireNoCall(tx, ctx, { id: input.callbackId });
    await tx.execute(sql`delete from callback_holds ${own(ctx, input)}`);
    const [row] = await tx.execute<{ status: string }>(sql`
      update callback_requests set status = case when assignee_id is null then 'pending' else 'assigned' end,
        version = version + 1, updated_at = clock_now()
      where workspace_id = ${ctx.workspaceId} and id = ${input.callbackId} and status = 'in_progress' returning status`);
    await recordActivity(tx, ctx, { callbackId: input.callbackId, kind: "released", changes: { ...row } });
    await bumpTopics(tx, ctx, "callbacks", `callback:${input.callbackId}`);
  });
}

async function requireVersion(
  tx: Transaction,
  ctx: Context,
  { callbackId, version }: { callbackId: string; version?: number | null },
): Promise<void> {
  const [row] = await tx.execute<{ version: number }>(sql`
    select version from callback_requests
    where workspace_id = ${ctx.workspaceId} and id = ${parseId(callbackId)} for update`);
  if (row) requireState(row.version, version);
}
