import { memberProcedure, router } from "@/server/trpc/procedures";
import { countUnread, listNotifications } from "./list";
import { markRead } from "./mark-read";
import { markReadInput, notificationsPage } from "./schemas";

/** What each member was told: their own only, whatever their role. */
export const notificationsRouter = router({
  list: memberProcedure
    .input(notificationsPage)
    .query(({ ctx, input }) => listNotifications(ctx.verb, input)),
  unread: memberProcedure.query(({ ctx }) => countUnread(ctx.verb)),
  markRead: memberProcedure.input(markReadInput).mutation(({ ctx, input }) => markRead(ctx.verb, input)),
});
