import { sql } from "drizzle-orm";
import type { Transaction } from "@/db/transaction";
import type { Channel } from "@/server/channels/status";
import { allowPromotion, type PromotionChange, withdrawPromotion } from "@/server/consent";
import type { Context } from "@/server/platform/context";
import type { Sender } from "./match-sender";
import type { ConsentWish } from "./rules/rule";

/**
 * Does what a reply asked about consent, for everybody whom its address belongs to: a STOP withdraws promotion on the channel,
 * “do not call” withdraws promotional calls, a START allows promotion again. Service messages are never touched.
 * Returns whether it ended a consent of the matched customer, which is what a campaign counts as an opt-out.
 */
export async function applyWish(
  tx: Transaction,
  ctx: Context,
  asked: { wish: ConsentWish | null; channel: Channel; sender: Sender; responseId: string; rule: string },
): Promise<boolean> {
  const { wish, sender, responseId, rule } = asked;
  if (wish === null) return false;
  const change: PromotionChange = {
    channel: wish === "stop_calls" ? "call" : asked.channel,
    customerIds: sender.customerIds,
    address: sender.address,
    source: "reply",
    evidence: { responseId, rule },
  };
  if (wish === "start") {
    await allowPromotion(tx, ctx, change);
    return false;
  }
  if (wish === "stop_calls" && asked.channel === "email") change.address = await phoneOf(tx, sender);
  const changed = await withdrawPromotion(tx, ctx, change);
  return sender.customerId !== null && changed.includes(sender.customerId);
}

/** A mail that says “do not call” is about the phone of who wrote it. */
async function phoneOf(tx: Transaction, { customerId }: Sender): Promise<string | null> {
  if (customerId === null) return null;
  const [row] = await tx.execute<{ phone: string | null }>(
    sql`select phone from customers where id = ${customerId}`,
  );
  return row?.phone ?? null;
}
