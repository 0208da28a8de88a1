import { sql } from "drizzle-orm";
import { z } from "zod";
import { type Transaction, withTransaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { AppError, required } from "@/server/platform/errors";
import { parseId } from "@/server/platform/ids";
import { type CallbackRow, lockCallback } from "./change";
import { requireRight } from "./close";
import { findPossible, type PossibleCustomer } from "./possible";
import { rescore } from "./rescore";

export const nameCustomerInput = z.object({
  callbackId: z.string(),
  /** The claim of the agent who names them; who leads needs none. */
  generation: z.number().int().nullish(),
  customerId: z.string(),
});

/**
 * Somebody who speaks with the customer says which of those who share the number it is; a score that rises moves the clocks.
 * @throws AppError CONFLICT `claim_ended`, `wrong_status`, `customer_known`; FORBIDDEN; NOT_FOUND for anybody else's customer
 */
export function nameCustomer(ctx: Context, input: z.input<typeof nameCustomerInput>): Promise<void> {
  const said = nameCustomerInput.parse(input);
  const customerId = parseId(said.customerId);
  return withTransaction(ctx, async (tx) => {
    await requireRight(tx, ctx, said);
    const row = await lockCallback(tx, ctx, { id: said.callbackId, verb: "edit" });
    if (row.customerId === customerId) return;
    if (row.customerId !== null)
      throw new AppError("CONFLICT", "This request is another customer's already. Reload to see whose.", {
        code: "customer_known",
      });
    const [asked] = await tx.execute<{ phone: string; email: string | null; customerName: string }>(sql`
      select phone, email, customer_name as "customerName" from callback_requests
      where workspace_id = ${ctx.workspaceId} and id = ${row.id}`);
    const customer = await findPossible(tx, ctx, required(asked, "callback request"), customerId);
    await attachCustomer(tx, ctx, row, customer);
  });
}

/** A locked request of nobody becomes a customer's, with their tier; one that staff set stays. */
export function attachCustomer(
  tx: Transaction,
  ctx: Context,
  row: CallbackRow,
  customer: Pick<PossibleCustomer, "id" | "tier">,
): Promise<void> {
  const tier = row.tier === "bronze" ? customer.tier : row.tier;
  return rescore(
    tx,
    ctx,
    { ...row, customerId: customer.id, tier },
    { kind: "customer_named", set: { customer_id: customer.id, tier } },
  );
}
