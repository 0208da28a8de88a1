import { sql } from "drizzle-orm";
import { type Transaction, withTransaction } from "@/db/transaction";
import { withdrawPromotion } from "@/server/consent";
import { bumpTopics } from "@/server/platform/realtime";
import { appendReaction } from "./append-reaction";
import { unsubscribeWords } from "./content";
import { findUnsubscribeLink, type UnsubscribeLink } from "./get-unsubscribe";

/** `one_click`: the mail program's own button (RFC 8058). `page`: the button on our page. `mail`: it wrote to our address. */
export type UnsubscribeWay = "one_click" | "page" | "mail";

/**
 * Withdraws the consent to promotional messages on the message's channel; service messages still come (joints.md). The opt-out counts for this message's run only when it changed something, and once. Doing it
 * again is a success that changes nothing. Returns false for a token that we did not make.
 */
export async function unsubscribe(token: string, way: UnsubscribeWay): Promise<boolean> {
  const link = await findUnsubscribeLink(token);
  if (!link) return false;
  const { ctx, customerId, channel } = link;
  await withTransaction(ctx, async (tx) => {
    const changed = await withdrawPromotion(tx, ctx, {
      channel,
      customerIds: [customerId],
      address: await addressOf(tx, link),
      source: "unsubscribe_link",
      textShown: way === "page" ? unsubscribeWords(link.companyName).stop : null,
      evidence: { execution: link.publicId, way, campaignId: link.campaignId },
    });
    if (changed.length === 0) return;
    await appendReaction(tx, link.key, {
      kind: "unsubscribed",
      dedupeKey: "unsubscribed",
      detail: { way },
      occurredAt: null,
    });
    await bumpTopics(tx, ctx, `campaign:${link.campaignId}`);
  });
  return true;
}

/** Where the message went: the address that wants no more of them. */
export async function addressOf(
  tx: Transaction,
  { customerId, channel }: Pick<UnsubscribeLink, "customerId" | "channel">,
): Promise<string | null> {
  const column = sql.identifier(channel === "email" ? "email" : "phone");
  const [row] = await tx.execute<{ address: string | null }>(
    sql`select ${column} as address from customers where id = ${customerId}`,
  );
  return row?.address ?? null;
}
