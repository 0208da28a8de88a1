import { and, desc, eq, lt, sql } from "drizzle-orm";
import { sandboxMessages } from "@/db/schema/sandbox";
import { withTransaction } from "@/db/transaction";
import type { Channel } from "@/server/channels/status";
import { maskerFor } from "@/server/customers";
import type { Context } from "@/server/platform/context";
import { parseId } from "@/server/platform/ids";
import { type ListMessagesInput, listMessagesInput, type MessageKind } from "./schemas";
import { containing, unread, visibleMessages } from "./scope";

export type MessageLine = {
  id: string;
  kind: MessageKind;
  channel: Channel;
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

/** A phone is shown once, by what came to it last. */
const latestToAddress = sql`not exists (
  select from sandbox_messages later where later.workspace_id = ${sandboxMessages.workspaceId}
    and later.channel = ${sandboxMessages.channel} and later.to_address = ${sandboxMessages.toAddress}
    and later.id > ${sandboxMessages.id})`;

/** One page of the sandbox inbox, newest first, by keyset. @throws AppError FORBIDDEN, NOT_FOUND for a malformed id */
export async function listMessages(ctx: Context, given: ListMessagesInput): Promise<MessagePage> {
  const input = listMessagesInput.parse(given);
  const where = and(
    visibleMessages(ctx),
    input.cursor ? lt(sandboxMessages.id, parseId(input.cursor)) : undefined,
    input.channel && eq(sandboxMessages.channel, input.channel),
    input.channel && input.channel !== "email" ? latestToAddress : undefined,
    input.customerId ? eq(sandboxMessages.customerId, parseId(input.customerId)) : undefined,
    input.kind && eq(sandboxMessages.kind, input.kind),
    input.campaignId ? eq(sandboxMessages.campaignId, parseId(input.campaignId)) : undefined,
    input.unread ? unread : undefined,
  );
  const [rows, masker] = await withTransaction(ctx, async (tx) => {
    const masker = await maskerFor(tx, ctx);
    const found = await tx
      .select({
        id: sandboxMessages.id,
        kind: sandboxMessages.kind,
        channel: sandboxMessages.channel,
        toName: sandboxMessages.toName,
        toAddress: sandboxMessages.toAddress,
        subject: sandboxMessages.subject,
        snippet: sql<string>`left(regexp_replace(left(${sandboxMessages.text}, 400), '\\s+', ' ', 'g'), ${SNIPPET})`,
        deliveredAt: sandboxMessages.deliveredAt,
        read: sql<boolean>`${sandboxMessages.readAt} is not null`,
      })
      .from(sandboxMessages)
      .where(and(where, input.search ? containing(input.search, masker.masks) : undefined))
      .orderBy(desc(sandboxMessages.id))
      .limit(input.limit + 1);
    return [found, masker] as const;
  });
  const messages = rows
    .slice(0, input.limit)
    .map((row) => ({ ...row, toAddress: masker.address(row.toAddress) }));
  return { messages, next: rows.length > input.limit ? (messages.at(-1)?.id ?? null) : null };
}
