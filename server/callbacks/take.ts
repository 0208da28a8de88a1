import { sql } from "drizzle-orm";
import postgres from "postgres";
import { type Transaction, withHotTransaction, withTransaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { AppError } from "@/server/platform/errors";
import { parseId } from "@/server/platform/ids";
import { changeCallback, lockCallback } from "./change";
import { CLAIM_MS, type Claim } from "./claims";
import { letGoEnded } from "./let-go-ended";
import { movePresence } from "./presence";
import { requireAgent } from "./require-agent";
import { requireDue } from "./require-due";
import { settleLostCalls } from "./settle-lost-calls";
import { mayLeadCallbacks } from "./status";
import { inReach } from "./visible";

type Taking = { callbackId: string; version?: number | null };

/**
 * Claims one request that was picked from the queue; asking again while holding it answers the same claim. With a `version`:
 * only while it has that one. @throws AppError NOT_FOUND; CONFLICT `wrong_status`, `stale_version`, `not_yet`, `assigned_elsewhere`, `number_held`, `holding_another`
 */
export const takeCallback = (ctx: Context, input: Taking): Promise<Claim> =>
  takeFor(ctx, input, async (_, claim) => claim);

/** The same with the first `work` on it, in one transaction: when that is refused, no claim is left behind. */
export async function takeFor<T>(
  ctx: Context,
  input: Taking,
  work: (tx: Transaction, claim: Claim) => Promise<T>,
): Promise<T> {
  const membershipId = requireAgent(ctx);
  const callbackId = parseId(input.callbackId);
  await settleLostCalls(ctx.workspaceId);
  await withHotTransaction(ctx.workspaceId, (hot) => letGoEnded(hot, ctx.workspaceId));
  try {
    return await withTransaction(ctx, async (tx) =>
      work(tx, await claimIn(tx, ctx, { membershipId, callbackId, version: input.version })),
    );
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    // The same agent took another one at the same moment, from a second tab.
    if (cause instanceof postgres.PostgresError && cause.constraint_name === "callback_holds_agent_key")
      throw holdingAnother();
    throw error;
  }
}

async function claimIn(
  tx: Transaction,
  ctx: Context,
  { membershipId, callbackId, version }: Taking & { membershipId: string },
): Promise<Claim> {
  const mine = await readHold(tx, ctx, membershipId);
  if (mine?.callbackId === callbackId) return mine;
  if (mine) throw holdingAnother();
  const phone = await requireTakeable(tx, ctx, { callbackId, version });
  const [hold] = await tx.execute<{ generation: number; until: string }>(sql`
    insert into callback_holds (workspace_id, phone, callback_id, membership_id, generation, until)
    values (${ctx.workspaceId}, ${phone}, ${callbackId}, ${membershipId}, nextval('callback_hold_generation'),
      clock_now() + ${CLAIM_MS} * interval '1 millisecond')
    on conflict (workspace_id, phone) do nothing returning generation::int, until::text`);
  if (!hold)
    throw new AppError("CONFLICT", "Somebody is working on this number now. Take another request.", {
      code: "number_held",
    });
  await changeCallback(tx, ctx, { id: callbackId, kind: "claimed", set: { status: "in_progress" } });
  // Who takes work is there for it.
  await movePresence(tx, ctx, "available", ["offline", "break"]);
  return { callbackId, phone, generation: hold.generation, until: new Date(hold.until) };
}

const holdingAnother = (): AppError =>
  new AppError(
    "CONFLICT",
    "You hold another request. Finish it, or give it back, before you take this one.",
    {
      code: "holding_another",
    },
  );

/** The caller's live claim. */
export async function readHold(tx: Transaction, ctx: Context, membershipId: string): Promise<Claim | null> {
  const [row] = await tx.execute<{
    callbackId: string;
    phone: string;
    generation: number;
    until: string;
  }>(sql`
    select callback_id as "callbackId", phone, generation::int, until::text from callback_holds
    where workspace_id = ${ctx.workspaceId} and membership_id = ${membershipId} and until > clock_now()`);
  return row ? { ...row, until: new Date(row.until) } : null;
}

/** Locks the request and says whether it can be had now; answers its number. */
async function requireTakeable(
  tx: Transaction,
  ctx: Context,
  { callbackId, version }: Taking,
): Promise<string> {
  const seen = await tx.execute(sql`
    select 1 from callback_requests r where ${inReach(ctx)} and r.id = ${callbackId}`);
  if (seen.length === 0)
    throw new AppError("NOT_FOUND", "There is no such callback request. It may have been removed.");
  const row = await lockCallback(tx, ctx, { id: callbackId, verb: "claim", version });
  if (row.assigneeId !== null && row.assigneeId !== ctx.membershipId && !mayLeadCallbacks(ctx.role ?? ""))
    throw new AppError("CONFLICT", "This request was given to somebody else meanwhile. Take another one.", {
      code: "assigned_elsewhere",
    });
  await requireDue(tx, ctx, row, { toSay: true });
  return row.phone;
}
