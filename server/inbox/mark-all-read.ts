import { and } from "drizzle-orm";
import { sandboxMessages } from "@/db/schema/sandbox";
import { withTransaction } from "@/db/transaction";
import { clockNow } from "@/server/platform/clock";
import type { Context } from "@/server/platform/context";
import { bumpTopics } from "@/server/platform/realtime";
import { unread, visibleMessages } from "./scope";

/** Marks everything that this person can see as read. @throws AppError FORBIDDEN */
export async function markAllRead(ctx: Context): Promise<void> {
  await withTransaction(ctx, async (tx) => {
    await tx
      .update(sandboxMessages)
      .set({ readAt: clockNow })
      .where(and(visibleMessages(ctx), unread));
    await bumpTopics(tx, ctx, "inbox");
  });
}
