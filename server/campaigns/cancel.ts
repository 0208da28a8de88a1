import { withTransaction } from "@/db/transaction";
import { enqueue } from "@/server/jobs/enqueue";
import { recordAudit } from "@/server/platform/audit";
import type { Context } from "@/server/platform/context";
import { bumpTopics } from "@/server/platform/realtime";
import { dueOf } from "./next-due";
import { campaignTopics, moveCampaign } from "./transition";

/**
 * Ends a campaign for good: nothing new is sent from here on, and the workflow on `campaign/cancelled` marks what is
 * still pending. What was sent stays counted. @throws AppError CONFLICT when it is a draft or has ended; FORBIDDEN; NOT_FOUND
 */
export async function cancelCampaign(ctx: Context, input: { id: string }): Promise<void> {
  const { id } = input;
  await withTransaction(ctx, async (tx) => {
    await moveCampaign(tx, ctx, { id, verb: "cancel", set: { failure: null, ...dueOf(null) } });
    await recordAudit(tx, ctx, {
      action: "campaign.cancelled",
      subjectType: "campaign",
      subjectId: id,
      after: { status: "cancelled" },
    });
    await bumpTopics(tx, ctx, ...campaignTopics(id));
    await enqueue(tx, ctx, "campaign/cancelled", { campaignId: id }, `${id}:cancel`);
  });
}
