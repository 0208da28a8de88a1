import { withTransaction } from "@/db/transaction";
import { recordAudit } from "@/server/platform/audit";
import type { Context } from "@/server/platform/context";
import { bumpTopics } from "@/server/platform/realtime";
import { campaignTopics, moveCampaign } from "./transition";

/**
 * Holds an active campaign: the lease loop rereads the state at each micro-batch, so new sends stop within 2 s. What is on
 * its way arrives. @throws AppError CONFLICT unless it is active; FORBIDDEN; NOT_FOUND
 */
export async function pauseCampaign(ctx: Context, input: { id: string }): Promise<void> {
  await withTransaction(ctx, async (tx) => {
    await moveCampaign(tx, ctx, { id: input.id, verb: "pause" });
    await recordAudit(tx, ctx, {
      action: "campaign.paused",
      subjectType: "campaign",
      subjectId: input.id,
      before: { status: "active" },
      after: { status: "paused" },
    });
    await bumpTopics(tx, ctx, ...campaignTopics(input.id));
  });
}
