import { sql } from "drizzle-orm";
import type { Transaction } from "@/db/transaction";
import { recordAudit } from "@/server/platform/audit";
import type { Context } from "@/server/platform/context";
import { bumpTopics } from "@/server/platform/realtime";

/**
 * Pauses an automation of which nobody can say whom it is for, or what it sends, until somebody has looked: events are stored
 * all the same, and other automations let their customers in. Its page says `sentence`; the workspace's log has the pause, once.
 */
export async function holdBack(
  tx: Transaction,
  ctx: Context,
  campaignId: string,
  sentence: string,
): Promise<void> {
  const paused = await tx.execute(sql`
    update campaigns set status = 'paused', failure = ${sentence}, updated_at = clock_now()
    where id = ${campaignId} and workspace_id = ${ctx.workspaceId} and status = 'active' returning id`);
  if (paused.length === 0) return;
  await recordAudit(
    tx,
    { ...ctx, actor: { kind: "system", id: null } },
    {
      action: "campaign.paused",
      subjectType: "campaign",
      subjectId: campaignId,
      after: { status: "paused" },
    },
  );
  await bumpTopics(tx, ctx, "campaigns", `campaign:${campaignId}`);
}
