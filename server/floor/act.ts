import { sql } from "drizzle-orm";
import { withTransaction } from "@/db/transaction";
import { assignCallback, editCallback } from "@/server/callbacks";
import type { Urgency } from "@/server/callbacks/status";
import type { Context } from "@/server/platform/context";
import { required } from "@/server/platform/errors";
import { parseId } from "@/server/platform/ids";
import { membersIn, readScope, requestsIn } from "./scope";

/** Gives a waiting request of the caller's floor to one of its people, or back to the queue. @throws AppError NOT_FOUND; CONFLICT */
export async function reassign(
  ctx: Context,
  { callbackId, membershipId }: { callbackId: string; membershipId: string | null },
): Promise<void> {
  await requireOnFloor(ctx, { callbackId, membershipId });
  await assignCallback(ctx, { callbackId, membershipId });
}

/** Makes a request of the caller's floor more or less urgent: its priority and its due time follow. */
export async function reprioritise(
  ctx: Context,
  { callbackId, urgency }: { callbackId: string; urgency: Urgency },
): Promise<void> {
  await requireOnFloor(ctx, { callbackId, membershipId: null });
  await editCallback(ctx, { callbackId, urgency });
}

type Touched = { callbackId: string; membershipId: string | null };

/** What another team works on answers like what is not there. */
function requireOnFloor(ctx: Context, { callbackId, membershipId }: Touched): Promise<void> {
  return withTransaction(ctx, async (tx) => {
    const scope = await readScope(tx, ctx);
    const [row] = await tx.execute(sql`
      select r.id from callback_requests r
      where r.workspace_id = ${ctx.workspaceId} and r.id = ${parseId(callbackId)} and ${requestsIn(scope)}`);
    required(row, "callback request");
    if (membershipId === null) return;
    const [member] = await tx.execute(sql`
      select m.id from memberships m
      where m.workspace_id = ${ctx.workspaceId} and m.id = ${parseId(membershipId)} and ${membersIn(scope, sql`m.id`)}`);
    required(member, "agent");
  });
}
