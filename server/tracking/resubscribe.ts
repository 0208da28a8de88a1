import { sql } from "drizzle-orm";
import { withTransaction } from "@/db/transaction";
import { allowPromotion } from "@/server/consent";
import { bumpTopics } from "@/server/platform/realtime";
import { unsubscribeWords } from "./content";
import { findUnsubscribeLink } from "./get-unsubscribe";
import { addressOf } from "./unsubscribe";

/**
 * Takes an unsubscription back: appends a new consent with the words that the customer pressed. Only the withdrawal made
 * with this very link can be taken back, and only while nothing was said since: an old mail must not undo a later STOP.
 * The opt-out stays counted, because it happened. Returns false when there is nothing to take back.
 */
export async function resubscribe(token: string): Promise<boolean> {
  const link = await findUnsubscribeLink(token);
  if (!link) return false;
  const { ctx, customerId, channel, companyName, campaignId, publicId } = link;
  return withTransaction(ctx, async (tx) => {
    // The state's row is the lock: whoever writes the ledger holds it.
    await tx.execute(sql`
      select 1 from consent_states where customer_id = ${customerId} and channel = ${channel}
        and purpose = 'promotional' for update`);
    const [last] = await tx.execute<{ ours: boolean }>(sql`
      select action = 'withdrawn' and evidence ->> 'execution' = ${publicId} as ours from consents
      where customer_id = ${customerId} and channel = ${channel} and purpose = 'promotional'
      order by id desc limit 1`);
    if (!last?.ours) return false;
    await allowPromotion(tx, ctx, {
      channel,
      customerIds: [customerId],
      address: await addressOf(tx, link),
      source: "unsubscribe_page",
      textShown: unsubscribeWords(companyName).resume,
      evidence: { execution: publicId, campaignId },
    });
    await bumpTopics(tx, ctx, `campaign:${campaignId}`);
    return true;
  });
}
