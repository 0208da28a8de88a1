import { sql } from "drizzle-orm";
import { type Transaction, withTransaction } from "@/db/transaction";
import { findCustomer } from "@/server/customers";
import { customerEditors } from "@/server/customers/status";
import { type Context, requireRole } from "@/server/platform/context";
import { AppError } from "@/server/platform/errors";
import { changeConsent } from "./change";
import { allowPromotion, withdrawPromotion } from "./promotion";
import {
  type GrantConsentInput,
  grantConsentInput,
  type WithdrawConsentInput,
  withdrawConsentInput,
} from "./schemas";
import type { ContactChannel } from "./status";

/**
 * Writes down that a customer allowed something, with the words and where the proof lies. A withdrawal that the customer made
 * is overruled by that only because it is later, and the ledger shows both. An advisor does it for the own book.
 * @throws AppError FORBIDDEN, NOT_FOUND, CONFLICT (it stands already), BAD_INPUT
 */
export async function grantConsent(ctx: Context, given: GrantConsentInput): Promise<void> {
  requireRole(ctx, ...customerEditors);
  const { customerId: asked, channel, purpose, source, textShown, evidence } = grantConsentInput.parse(given);
  await withTransaction(ctx, async (tx) => {
    const customerId = await findCustomer(tx, ctx, asked, { lock: true });
    const entry = { channel, source, textShown, evidence: { reference: evidence } };
    const done =
      purpose === "service"
        ? await changeConsent(tx, ctx, { ...entry, customerId, purpose, action: "granted" })
        : (
            await allowPromotion(tx, ctx, {
              ...entry,
              customerIds: [customerId],
              address: await addressOf(tx, customerId, channel),
            })
          ).length > 0;
    if (!done) throw new AppError("CONFLICT", "The customer allows this already. Nothing was changed.");
  });
}

/**
 * Withdraws at once what a customer no longer wants; a campaign that is being sent stops for them. It asks for nothing:
 * taking back is as easy as giving. Again is a success that changes nothing.
 * @throws AppError FORBIDDEN, NOT_FOUND
 */
export async function withdrawConsent(ctx: Context, given: WithdrawConsentInput): Promise<void> {
  requireRole(ctx, ...customerEditors);
  const { customerId: asked, channel, purpose } = withdrawConsentInput.parse(given);
  await withTransaction(ctx, async (tx) => {
    const customerId = await findCustomer(tx, ctx, asked, { lock: true });
    // Another system passes on what the customer said there.
    const source = ctx.actor.kind === "api_key" ? "api" : "staff";
    const entry = { channel, source, evidence: {} };
    if (purpose === "service")
      await changeConsent(tx, ctx, { ...entry, customerId, purpose, action: "withdrawn" });
    else
      await withdrawPromotion(tx, ctx, {
        ...entry,
        customerIds: [customerId],
        address: await addressOf(tx, customerId, channel),
      });
  });
}

async function addressOf(
  tx: Transaction,
  customerId: string,
  channel: ContactChannel,
): Promise<string | null> {
  const column = sql.identifier(channel === "email" ? "email" : "phone");
  const [row] = await tx.execute<{ address: string | null }>(
    sql`select nullif(btrim(${column}), '') as address from customers where id = ${customerId}`,
  );
  return row?.address ?? null;
}
