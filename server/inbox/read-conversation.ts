import { and, eq } from "drizzle-orm";
import { sandboxMessages } from "@/db/schema/sandbox";
import { withTransaction } from "@/db/transaction";
import { recordProviderEvents } from "@/server/deliveries";
import { clockNow, readClock } from "@/server/platform/clock";
import type { Context } from "@/server/platform/context";
import { required } from "@/server/platform/errors";
import { parseId } from "@/server/platform/ids";
import { bumpTopics } from "@/server/platform/realtime";
import { unread, visibleMessages } from "./scope";

/**
 * Opens a phone's conversation: all its messages count as looked at here, and on WhatsApp the customer has read them, which
 * is told the way a provider tells it. Again it changes nothing.
 * @throws AppError NOT_FOUND, FORBIDDEN
 */
export async function readConversation(ctx: Context, input: { messageId: string }): Promise<void> {
  const visible = visibleMessages(ctx);
  const { rows, now } = await withTransaction(ctx, async (tx) => {
    const [found] = await tx
      .select({ channel: sandboxMessages.channel, to: sandboxMessages.toAddress })
      .from(sandboxMessages)
      .where(and(visible, eq(sandboxMessages.id, parseId(input.messageId))));
    const { channel, to } = required(found, "message");
    const changed = await tx
      .update(sandboxMessages)
      .set({ readAt: clockNow })
      .where(and(visible, eq(sandboxMessages.channel, channel), eq(sandboxMessages.toAddress, to), unread))
      .returning({
        publicId: sandboxMessages.publicId,
        kind: sandboxMessages.kind,
        channel: sandboxMessages.channel,
      });
    if (changed.length > 0) await bumpTopics(tx, ctx, "inbox");
    return { rows: changed, now: await readClock(tx) };
  });
  await recordProviderEvents(
    ctx,
    rows
      .filter(({ kind, channel }) => kind === "campaign" && channel === "whatsapp")
      .map(({ publicId }) => ({
        kind: "read",
        publicId,
        dedupeKey: `read:${publicId}`,
        occurredAt: now,
        reason: null,
        detail: null,
        suppress: false,
        cost: null,
      })),
  );
}
