import { procedureFor, router } from "@/server/trpc/procedures";
import { countMessages } from "./counts";
import { getMessage } from "./get";
import { listMessages } from "./list";
import { markAllRead } from "./mark-all-read";
import { markRead } from "./mark-read";
import { inboxRoles, listMessagesInput, messageInput } from "./schemas";

const reader = procedureFor(...inboxRoles);

export const inboxRouter = router({
  list: reader.input(listMessagesInput).query(({ ctx, input }) => listMessages(ctx.verb, input)),
  counts: reader.query(({ ctx }) => countMessages(ctx.verb)),
  get: reader.input(messageInput).query(({ ctx, input }) => getMessage(ctx.verb, input)),
  markRead: reader.input(messageInput).mutation(({ ctx, input }) => markRead(ctx.verb, input)),
  markAllRead: reader.mutation(({ ctx }) => markAllRead(ctx.verb)),
});
