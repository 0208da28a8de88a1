import { and, desc, isNull, lt, sql } from "drizzle-orm";
import { campaigns } from "@/db/schema/campaigns";
import { notifications } from "@/db/schema/notifications";
import { withTransaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { keysetPage } from "@/server/platform/keyset";
import { ownNotifications } from "./own";
import { type NotificationsPage, notificationsPage } from "./schemas";
import { MOST_COUNTED } from "./status";

const PAGE = 20;

/** What the asker was told, newest first, a page at a time, each with the name of what it is about as it is called now. */
export function listNotifications(ctx: Context, input: NotificationsPage) {
  const { cursor } = notificationsPage.parse(input);
  return withTransaction(ctx, async (tx) => {
    const rows = await tx
      .select({
        id: notifications.id,
        kind: notifications.kind,
        subjectType: notifications.subjectType,
        subjectId: notifications.subjectId,
        text: notifications.text,
        at: notifications.at,
        readAt: notifications.readAt,
        /** Null where it is gone, or is a person: names of customers are not told in passing. */
        subjectName: sql<string | null>`(
          select ${campaigns.name} from ${campaigns} where ${campaigns.workspaceId} = ${notifications.workspaceId}
            and ${notifications.subjectType} = 'campaign' and ${campaigns.id} = ${notifications.subjectId})`,
      })
      .from(notifications)
      .where(and(ownNotifications(ctx), cursor ? lt(notifications.id, cursor) : undefined))
      .orderBy(desc(notifications.id))
      .limit(PAGE + 1);
    const { rows: page, next } = keysetPage(rows, { size: PAGE, after: cursor ?? null });
    return { rows: page, next };
  });
}

/** How many the asker has not read, counted up to one more than `MOST_COUNTED`. */
export function countUnread(ctx: Context): Promise<number> {
  return withTransaction(ctx, async (tx) => {
    const unread = tx
      .select({ id: notifications.id })
      .from(notifications)
      .where(and(ownNotifications(ctx), isNull(notifications.readAt)))
      .limit(MOST_COUNTED + 1)
      .as("unread");
    const [row] = await tx.select({ count: sql<number>`count(*)::int` }).from(unread);
    return row?.count ?? 0;
  });
}
