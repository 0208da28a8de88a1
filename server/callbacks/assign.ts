import { sql } from "drizzle-orm";
import { type Transaction, withTransaction } from "@/db/transaction";
import { readClock } from "@/server/platform/clock";
import type { Context } from "@/server/platform/context";
import { AppError, required } from "@/server/platform/errors";
import { parseId } from "@/server/platform/ids";
import { changeCallback, lockCallback } from "./change";
import { requireLead } from "./close";
import { inReach } from "./visible";

/**
 * Gives a waiting request to an agent, or to nobody in particular. With a `version`: only while it has that one.
 * @throws AppError CONFLICT `wrong_status`, `stale_version`; NOT_FOUND; FORBIDDEN
 */
export function assignCallback(
  ctx: Context,
  {
    callbackId,
    membershipId,
    version,
  }: { callbackId: string; membershipId: string | null; version?: number | null },
): Promise<void> {
  return withTransaction(ctx, async (tx) => {
    if (membershipId === null || membershipId !== ctx.membershipId) requireLead(ctx);
    else await requireReach(tx, ctx, callbackId);
    if (membershipId !== null) await requireTaker(tx, ctx, membershipId);
    const row = await lockCallback(tx, ctx, { id: callbackId, verb: "assign", version });
    if (row.assigneeId === membershipId) return;
    const now = await readClock(tx);
    const waiting = membershipId === null ? ("pending" as const) : ("assigned" as const);
    await changeCallback(tx, ctx, {
      id: row.id,
      kind: membershipId === null ? "unassigned" : "assigned",
      set: {
        assignee_id: membershipId,
        assigned_at: membershipId === null ? null : now.toISOString(),
        status: row.status === "scheduled" ? "scheduled" : waiting,
      },
    });
  });
}

/** What somebody takes for themselves has to be theirs to see. @throws AppError NOT_FOUND */
async function requireReach(tx: Transaction, ctx: Context, callbackId: string): Promise<void> {
  const [row] = await tx.execute(sql`
    select 1 from callback_requests r where ${inReach(ctx)} and r.id = ${parseId(callbackId)}`);
  required(row, "callback request");
}

/** @throws AppError NOT_FOUND for a foreign membership; BAD_INPUT for a member who takes no calls */
export async function requireTaker(tx: Transaction, ctx: Context, membershipId: string): Promise<void> {
  const [member] = await tx.execute<{ role: string }>(sql`
    select role from memberships
    where workspace_id = ${ctx.workspaceId} and id = ${parseId(membershipId)} and status = 'active'`);
  if (!member)
    throw new AppError("NOT_FOUND", "This person is not in the workspace any more. Choose somebody else.");
  if (member.role === "marketer")
    throw new AppError("BAD_INPUT", "Marketers take no calls. Choose an agent, an advisor or a supervisor.", {
      field: "assignee",
    });
}
