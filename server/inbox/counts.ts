import { and, count, desc, eq, exists, sql } from "drizzle-orm";
import { campaigns } from "@/db/schema/campaigns";
import { sandboxMessages } from "@/db/schema/sandbox";
import { withTransaction } from "@/db/transaction";
import type { Channel } from "@/server/channels/status";
import type { Context } from "@/server/platform/context";
import { countedUpTo } from "./schemas";
import { unread, visibleMessages } from "./scope";

export type InboxCounts = {
  /** Both stop at `countedUpTo`. */
  total: number;
  unread: number;
  /** Unread ones by channel, up to the same. */
  unreadBy: Record<Channel, number>;
  /** Campaigns that delivered here, newest first, for the filter. */
  campaigns: { id: string; name: string }[];
};

const MOST_CAMPAIGNS = 30;

/** How much is in the inbox, and from which campaigns. @throws AppError FORBIDDEN */
export function countMessages(ctx: Context): Promise<InboxCounts> {
  const visible = visibleMessages(ctx);
  return withTransaction(ctx, async (tx) => {
    const upTo = async (where: typeof visible) => {
      const some = tx
        .select({ one: sql`1` })
        .from(sandboxMessages)
        .where(where)
        .limit(countedUpTo)
        .as("some");
      const [row] = await tx.select({ n: count() }).from(some);
      return row?.n ?? 0;
    };
    const delivered = tx
      .select({ one: sql`1` })
      .from(sandboxMessages)
      .where(and(visible, sql`${sandboxMessages.campaignId} = ${campaigns.id}`));
    return {
      total: await upTo(visible),
      unread: await upTo(and(visible, unread)),
      unreadBy: {
        email: await upTo(and(visible, unread, eq(sandboxMessages.channel, "email"))),
        whatsapp: await upTo(and(visible, unread, eq(sandboxMessages.channel, "whatsapp"))),
        sms: await upTo(and(visible, unread, eq(sandboxMessages.channel, "sms"))),
      },
      campaigns: await tx
        .select({ id: campaigns.id, name: campaigns.name })
        .from(campaigns)
        .where(exists(delivered))
        .orderBy(desc(campaigns.id))
        .limit(MOST_CAMPAIGNS),
    };
  });
}
