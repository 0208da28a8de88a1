import { sql } from "drizzle-orm";
import type { z } from "zod";
import { type Transaction, withTransaction } from "@/db/transaction";
import { parsePhone } from "@/server/customers";
import { readClock } from "@/server/platform/clock";
import { type Context, requireRole } from "@/server/platform/context";
import { notFound } from "@/server/platform/errors";
import { parseId } from "@/server/platform/ids";
import { changeCallback, lockCallback } from "./change";
import { type Requested, requestIn } from "./request";
import { byHandInput } from "./schemas";
import { requireUsable } from "./usable-slot";

/**
 * A member writes down that a customer wants a call, from the queue or from the customer's page. What an advisor takes down
 * for somebody who is in nobody's book is the advisor's own. @throws AppError FORBIDDEN, NOT_FOUND, BAD_INPUT
 */
export async function requestByHand(ctx: Context, input: z.input<typeof byHandInput>): Promise<Requested> {
  requireRole(ctx, "admin", "marketer", "supervisor", "agent", "advisor");
  const { customerId, slot, ...asked } = byHandInput.parse(input);
  const id = customerId ? parseId(customerId) : null;
  const source = id ? "customer_page" : "manual";
  return withTransaction(ctx, async (tx) => {
    if (id) await requireInBook(tx, ctx, id);
    if (slot) {
      const phone = asked.phone ? parsePhone(asked.phone) : null;
      const called = {
        customerId: id,
        phone: phone?.ok ? phone.value : null,
        requestType: asked.requestType,
      };
      await requireUsable(tx, ctx, { called, slot, now: await readClock(tx) });
    }
    const requested = await requestIn(tx, ctx, { ...asked, slot, customerId: id, source });
    if (ctx.role === "advisor" && !id && !requested.merged && ctx.membershipId)
      await keepForSelf(tx, ctx, requested.id, ctx.membershipId);
    return requested;
  });
}

/** A request of nobody's book is the advisor's who took it down, or they could not see it again. */
async function keepForSelf(
  tx: Transaction,
  ctx: Context,
  callbackId: string,
  membershipId: string,
): Promise<void> {
  const row = await lockCallback(tx, ctx, { id: callbackId, verb: "assign" });
  const [inBook] = await tx.execute(sql`
    select 1 from customers where workspace_id = ${ctx.workspaceId} and id = ${row.customerId} and advisor_id is not null`);
  if (inBook || row.assigneeId !== null) return;
  await changeCallback(tx, ctx, {
    id: callbackId,
    kind: "assigned",
    set: {
      assignee_id: membershipId,
      assigned_at: (await readClock(tx)).toISOString(),
      status: row.status === "scheduled" ? "scheduled" : "assigned",
    },
  });
}

async function requireInBook(tx: Transaction, ctx: Context, customerId: string): Promise<void> {
  // An agent does not browse customers: a number that is known finds its customer by itself.
  if (ctx.role === "agent") throw notFound("customer");
  if (ctx.role !== "advisor") return;
  const found = await tx.execute(sql`
    select 1 from customers where workspace_id = ${ctx.workspaceId} and id = ${customerId}
      and advisor_id = ${ctx.membershipId} and erased_at is null`);
  if (found.length === 0) throw notFound("customer");
}
