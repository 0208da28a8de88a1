import { sql } from "drizzle-orm";
import { withTransaction } from "@/db/transaction";
import { recordAudit } from "@/server/platform/audit";
import type { Context } from "@/server/platform/context";
import { bumpTopics } from "@/server/platform/realtime";

/** The emergency stop: no message of any campaign leaves until somebody lets sending go on. Nothing is lost. */
export const stopSending = (ctx: Context): Promise<void> => move(ctx, true);

/** Lets sending go on with the next message. */
export const letSendingGoOn = (ctx: Context): Promise<void> => move(ctx, false);

async function move(ctx: Context, stopped: boolean): Promise<void> {
  await withTransaction(ctx, async (tx) => {
    const moved = await tx.execute(sql`
      update workspaces set sending_stopped_at = case when ${stopped} then clock_now() end
      where id = ${ctx.workspaceId} and (sending_stopped_at is null) = ${stopped} returning id`);
    if (moved.length === 0) return;
    await recordAudit(tx, ctx, {
      action: stopped ? "sending.stopped" : "sending.let_go_on",
      subjectType: "workspace",
      subjectId: ctx.workspaceId,
    });
    await bumpTopics(tx, ctx, "sending_rules", "campaigns");
  });
}
