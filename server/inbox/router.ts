import { procedureFor, router } from "@/server/trpc/procedures";
import { getConversation } from "./conversation";
import { countMessages } from "./counts";
import { getMessage } from "./get";
import { listMessages } from "./list";
import { markAllRead } from "./mark-all-read";
import { markRead } from "./mark-read";
import { readConversation } from "./read-conversation";
import { replyAsCustomer } from "./reply";
import { conversationInput, inboxRoles, listMessagesInput, messageInput, replyInput } from "./schemas";

const reader = procedureFor(...inboxRoles);

export const inboxRouter = router({
  list: reader.input(listMessagesInput).query(({ ctx, input }) => listMessages(ctx.verb, input)),
  counts: reader.query(({ ctx }) => countMessages(ctx.verb)),
  get: reader.input(messageInput).query(({ ctx, input }) => getMessage(ctx.verb, input)),
  conversation: reader.input(conversationInput).query(({ ctx, input }) => getConversation(ctx.verb, input)),
  readConversation: reader
    .input(conversationInput)
    .mutation(({ ctx, input }) => readConversation(ctx.verb, input)),
  markRead: reader.input(messageInput).mutation(({ ctx, input }) => markRead(ctx.verb, input)),
  reply: reader.input(replyInput).mutation(({ ctx, input }) => replyAsCustomer(ctx.verb, input)),
  markAllRead: reader.mutation(({ ctx }) => markAllRead(ctx.verb)),
});
