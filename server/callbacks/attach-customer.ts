import { sql } from "drizzle-orm";
import { z } from "zod";
import { type Transaction, withTransaction } from "@/db/transaction";
import { lookUpCustomers, parseEmail } from "@/server/customers";
import type { Context } from "@/server/platform/context";
import { AppError, required } from "@/server/platform/errors";
import { parseId } from "@/server/platform/ids";
import { type CallbackRow, lockCallback } from "./change";
import { requireRight } from "./close";
import { rescore } from "./rescore";
import type { CallbackTier } from "./status";

/** A customer who may be the one who asked: the number, or the e-mail that was given, is theirs. */
export type PossibleCustomer = { id: string; name: string; city: string | null; tier: CallbackTier };

type Asked = { phone: string; email: string | null; customerName: string };

/** A family and some neighbours. */
const MOST = 20;

/** Who may have asked, those of the name that was given first; an advisor reads the own book only. */
export async function listPossible(
  tx: Transaction,
  ctx: Context,
  { phone, email, customerName }: Asked,
): Promise<PossibleCustomer[]> {
  const parsed = email ? parseEmail(email) : null;
  const wanted = { id: null, externalId: null, phone, email: parsed?.ok ? parsed.value : null, name: "" };
  const sharing = await lookUpCustomers(tx, ctx, [wanted]);
  const book = ctx.role === "advisor" ? sql`and advisor_id = ${ctx.membershipId}` : sql``;
  return tx.execute<PossibleCustomer>(sql`
    select id, name, city, tier from customers
    where workspace_id = ${ctx.workspaceId} and id = any(${sql.param(sharing.map(({ id }) => id))}::uuid[]) ${book}
    order by lower(btrim(name)) = lower(btrim(${customerName})) desc, name, id limit ${MOST}`);
}

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
    const [asked] = await tx.execute<Asked>(sql`
      select phone, email, customer_name as "customerName" from callback_requests
      where workspace_id = ${ctx.workspaceId} and id = ${row.id}`);
    const possible = await listPossible(tx, ctx, required(asked, "callback request"));
    const customer = required(
      possible.find(({ id }) => id === customerId),
      "customer",
    );
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
