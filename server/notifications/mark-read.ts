import { and, eq, isNull, lte } from "drizzle-orm";
import { notifications } from "@/db/schema/notifications";
import { withTransaction } from "@/db/transaction";
import { clockNow } from "@/server/platform/clock";
import type { Context } from "@/server/platform/context";
import { required } from "@/server/platform/errors";
import { parseId } from "@/server/platform/ids";
import { bumpTopics } from "@/server/platform/realtime";
import { memberOf, ownNotifications } from "./own";
import { type MarkReadInput, markReadInput } from "./schemas";
import { notificationTopic } from "./status";

/**
 * Marks one of the asker's notifications as read, or all up to the newest that was on screen, so that one that came
 * meanwhile stays unread. What is read already keeps its time. No audit: it changes nothing but the asker's own list.
 * Returns how many were marked. @throws AppError NOT_FOUND for somebody else's
 */
export function markRead(ctx: Context, input: MarkReadInput): Promise<number> {
  const asked = markReadInput.parse(input);
  return withTransaction(ctx, async (tx) => {
    const which =
      "id" in asked ? eq(notifications.id, parseId(asked.id)) : lte(notifications.id, parseId(asked.upTo));
    const marked = await tx
      .update(notifications)
      .set({ readAt: clockNow })
      .where(and(ownNotifications(ctx), which, isNull(notifications.readAt)))
      .returning({ id: notifications.id });
    if (marked.length > 0) await bumpTopics(tx, ctx, notificationTopic(memberOf(ctx)));
    else if ("id" in asked) {
      const [found] = await tx
        .select({ id: notifications.id })
        .from(notifications)
        .where(and(ownNotifications(ctx), which));
      required(found, "notification");
    }
    return marked.length;
  });
}
