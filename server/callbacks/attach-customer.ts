import { sql } from "drizzle-orm";
import { z } from "zod";
import { type Transaction, withTransaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { required } from "@/server/platform/errors";
import { parseId } from "@/server/platform/ids";
import { bumpTopics } from "@/server/platform/realtime";
import { type CallbackRow, lockCallback } from "./change";
import { requireRight } from "./close";
import { findPossible, type PossibleCustomer } from "./possible";
import { rescore } from "./rescore";
import { lockTopic, requireFree } from "./same-wish";
import type { CallbackTier } from "./status";

export const nameCustomerInput = z.object({
  callbackId: z.string(),
  /** The claim of the agent who names them; who leads needs none. */
  generation: z.number().int().nullish(),
  /** Null: it was none of them, or nobody knows. */
  customerId: z.string().nullable(),
});

type Asked = { phone: string; requestType: string; email: string | null; customerName: string };

/**
 * Somebody who speaks with the customer says which of those who share the number it is, again if it was said wrongly; a score
 * that changes moves the clocks. Whose it was once can be named again, so that a slip is taken back.
 * @throws AppError CONFLICT `claim_ended`, `wrong_status`, `open_already` when the customer has an open request on the topic;
 * FORBIDDEN; NOT_FOUND for anybody else's customer
 */
export function nameCustomer(ctx: Context, input: z.input<typeof nameCustomerInput>): Promise<void> {
  const said = nameCustomerInput.parse(input);
  const callbackId = parseId(said.callbackId);
  const customerId = said.customerId === null ? null : parseId(said.customerId);
  return withTransaction(ctx, async (tx) => {
    const [found] = await tx.execute<Asked>(sql`
      select phone, request_type as "requestType", email, customer_name as "customerName" from callback_requests
      where workspace_id = ${ctx.workspaceId} and id = ${callbackId}`);
    const asked = required(found, "callback request");
    // Before the request itself, as who asks on the topic locks them.
    await lockTopic(tx, ctx, asked);
    await requireRight(tx, ctx, said);
    const row = await lockCallback(tx, ctx, { id: callbackId, verb: "edit" });
    if (row.customerId === customerId) return;
    const customer = customerId && (await findPossible(tx, ctx, { ...asked, callbackId }, customerId));
    await requireFree(tx, ctx, { ...row, customerId });
    const before = row.customerId;
    await attachCustomer(tx, ctx, row, customer || null);
    if (before) await bumpTopics(tx, ctx, `customer:${before}`);
  });
}

/** A locked request becomes a customer's, with their tier, or nobody's; a tier that staff set stays. */
export async function attachCustomer(
  tx: Transaction,
  ctx: Context,
  row: CallbackRow,
  customer: Pick<PossibleCustomer, "id" | "tier"> | null,
): Promise<void> {
  const [former] = await tx.execute<{ tier: CallbackTier }>(sql`
    select tier from customers where workspace_id = ${ctx.workspaceId} and id = ${row.customerId}`);
  const tier = row.tier === (former?.tier ?? "bronze") ? (customer?.tier ?? "bronze") : row.tier;
  const customerId = customer?.id ?? null;
  await rescore(
    tx,
    ctx,
    { ...row, customerId, tier },
    { kind: customer ? "customer_named" : "customer_unnamed", set: { customer_id: customerId, tier } },
  );
}
