import { and, eq } from "drizzle-orm";
import { sandboxMessages } from "@/db/schema/sandbox";
import { withTransaction } from "@/db/transaction";
import { readClock } from "@/server/platform/clock";
import type { Context } from "@/server/platform/context";
import { AppError, required } from "@/server/platform/errors";
import { parseId } from "@/server/platform/ids";
import { type RecordedReply, recordReply } from "@/server/responses";
import { type ReplyInput, replyInput } from "./schemas";
import { visibleMessages } from "./scope";

/**
 * Answers a message as its customer would: the reply goes the way of a provider's inbound message, so it is classified,
 * counted and acted upon. The same `replyId` twice is one reply.
 * @throws AppError NOT_FOUND, FORBIDDEN, BAD_INPUT (the product's own mail is answered by nobody)
 */
export async function replyAsCustomer(ctx: Context, given: ReplyInput): Promise<RecordedReply> {
  const { messageId, text, button, replyId } = replyInput.parse(given);
  const one = and(visibleMessages(ctx), eq(sandboxMessages.id, parseId(messageId)));
  const { message, now } = await withTransaction(ctx, async (tx) => {
    const [row] = await tx.select().from(sandboxMessages).where(one);
    return { message: required(row, "message"), now: await readClock(tx) };
  });
  if (message.kind === "system")
    throw new AppError("BAD_INPUT", "This mail is Ringback's own. Answer a message of a campaign or a test.");
  return recordReply(ctx, {
    channel: message.channel,
    from: message.toAddress,
    text,
    button: button ?? null,
    publicId: message.kind === "campaign" ? message.publicId : null,
    providerMessageId: replyId,
    occurredAt: now,
    origin: "sandbox",
  });
}
