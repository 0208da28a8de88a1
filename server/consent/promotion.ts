import { sql } from "drizzle-orm";
import type { Transaction } from "@/db/transaction";
import { type Context, customerContext } from "@/server/platform/context";
import { bumpTopics } from "@/server/platform/realtime";
import { addressHash } from "./address-hash";
import { changeConsent } from "./change";
import type { ContactChannel } from "./status";
import { suppressAddress } from "./suppress";

export type PromotionChange = {
  channel: ContactChannel;
  /** Everybody whom the address belongs to; one phone may be a family's. */
  customerIds: readonly string[];
  /** The address that it was said from or for; null where none is known. */
  address: string | null;
  /** `unsubscribe_link`, `reply`, `preferences`, `complaint`, … */
  source: string;
  textShown?: string | null;
  /** What proves it, by ids; never the customer's words or address. */
  evidence: Record<string, unknown>;
};

/**
 * Withdraws promotion on a channel: for each of the customers in the ledger, and for the address on the suppression list, so
 * that a customer who is added later with the same address is not promoted to either. Service messages still come.
 * Returns the customers for whom it changed something.
 */
export async function withdrawPromotion(
  tx: Transaction,
  ctx: Context,
  change: PromotionChange,
): Promise<string[]> {
  const changed = await move(tx, ctx, change, "withdrawn");
  if (change.address)
    await suppressAddress(tx, ctx, {
      channel: change.channel,
      address: change.address,
      reason: "unsubscribed",
      origin: change.source,
    });
  await bumpTopics(tx, ctx, "suppressions");
  return changed;
}

/**
 * Grants promotion on a channel, on the customer's own word or with evidence, and takes the address off the suppression list
 * where an opt-out had put it there. Bounces, complaints and DND entries stay: they are not the customer's to undo by a word.
 */
export async function allowPromotion(
  tx: Transaction,
  ctx: Context,
  change: PromotionChange,
): Promise<string[]> {
  const lifted = change.address !== null && (await liftOptOut(tx, ctx, change.channel, change.address));
  const changed = await move(tx, ctx, { ...change, again: lifted }, "granted");
  await bumpTopics(tx, ctx, "suppressions");
  return changed;
}

/** Removes an address's opt-out from the suppression list; every other reason stays. True when there was one. */
async function liftOptOut(
  tx: Transaction,
  ctx: Context,
  channel: ContactChannel,
  address: string,
): Promise<boolean> {
  const rows = await tx.execute(sql`
    delete from suppressions where workspace_id = ${ctx.workspaceId} and channel = ${channel}
      and address_hash = ${addressHash(channel, address)} and reason = 'unsubscribed' returning 1`);
  return rows.length > 0;
}

async function move(
  tx: Transaction,
  ctx: Context,
  change: PromotionChange & { again?: boolean },
  action: "granted" | "withdrawn",
): Promise<string[]> {
  const { channel, source, textShown, evidence, again } = change;
  const changed: string[] = [];
  // In the order of ids, so that two families at once never wait for each other.
  for (const customerId of [...new Set(change.customerIds)].sort()) {
    const actor = ctx.actor.kind === "user" ? ctx : customerContext(ctx.workspaceId, customerId);
    const entry = {
      customerId,
      channel,
      purpose: "promotional",
      action,
      source,
      textShown,
      evidence,
    } as const;
    if (await changeConsent(tx, actor, { ...entry, again })) changed.push(customerId);
  }
  return changed;
}
