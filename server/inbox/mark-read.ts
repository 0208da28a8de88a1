import { and, eq } from "drizzle-orm";
import { sandboxMessages } from "@/db/schema/sandbox";
import { withTransaction } from "@/db/transaction";
import { clockNow } from "@/server/platform/clock";
import type { Context } from "@/server/platform/context";
import { required } from "@/server/platform/errors";
import { parseId } from "@/server/platform/ids";
import { bumpTopics } from "@/server/platform/realtime";
import { unread, visibleMessages } from "./scope";

/** Marks a message as read by this workspace. Says nothing about the customer, so it is not audited. @throws AppError NOT_FOUND, FORBIDDEN */
export async function markRead(ctx: Context, input: { id: string }): Promise<void> {
  const one = and(visibleMessages(ctx), eq(sandboxMessages.id, parseId(input.id)));
  await withTransaction(ctx, async (tx) => {
    const [row] = await tx.select({ readAt: sandboxMessages.readAt }).from(sandboxMessages).where(one);
    if (required(row, "message").readAt !== null) return;
    await tx.update(sandboxMessages).set({ readAt: clockNow }).where(and(one, unread));
    await bumpTopics(tx, ctx, "inbox");
  });
}
