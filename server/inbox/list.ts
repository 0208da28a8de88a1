import { and, desc, eq, lt, sql } from "drizzle-orm";
import { sandboxMessages } from "@/db/schema/deliveries";
import { withTransaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { parseId } from "@/server/platform/ids";
import { type ListMessagesInput, listMessagesInput, type MessageKind } from "./schemas";
import { containing, unread, visibleMessages } from "./scope";

export type MessageLine = {
  id: string;
  kind: MessageKind;
  toName: string;
  toAddress: string;
  subject: string;
  /** How the text begins, on one line. */
  snippet: string;
  deliveredAt: Date;
  read: boolean;
};
export type MessagePage = { messages: MessageLine[]; next: string | null };

const SNIPPET = 140;

/** One page of the sandbox inbox, newest first, by keyset. @throws AppError FORBIDDEN, NOT_FOUND for a malformed id */
export async function listMessages(ctx: Context, given: ListMessagesInput): Promise<MessagePage> {
  const input = listMessagesInput.parse(given);
  const where = and(
    visibleMessages(ctx),
    input.cursor ? lt(sandboxMessages.id, parseId(input.cursor)) : undefined,
    input.kind && eq(sandboxMessages.kind, input.kind),
    input.campaignId ? eq(sandboxMessages.campaignId, parseId(input.campaignId)) : undefined,
    input.unread ? unread : undefined,
    input.search ? containing(input.search) : undefined,
  );
  const rows = await withTransaction(ctx, (tx) =>
    tx
      .select({
        id: sandboxMessages.id,
        kind: sandboxMessages.kind,
        toName: sandboxMessages.toName,
        toAddress: sandboxMessages.toAddress,
        subject: sandboxMessages.subject,
        snippet: sql<string>`left(regexp_replace(left(${sandboxMessages.text}, 400), '\\s+', ' ', 'g'), ${SNIPPET})`,
        deliveredAt: sandboxMessages.deliveredAt,
        read: sql<boolean>`${sandboxMessages.readAt} is not null`,
      })
      .from(sandboxMessages)
      .where(where)
      .orderBy(desc(sandboxMessages.id))
      .limit(input.limit + 1),
  );
  const messages = rows.slice(0, input.limit);
  return { messages, next: rows.length > input.limit ? (messages.at(-1)?.id ?? null) : null };
}
