import { withTransaction } from "@/db/transaction";
import { recordAudit } from "@/server/platform/audit";
import type { Context } from "@/server/platform/context";
import { bumpTopics } from "@/server/platform/realtime";
import { dueOf } from "./next-due";
import { campaignTopics, moveCampaign } from "./transition";

/** Takes a campaign off its schedule before its first time: it is a draft again. @throws AppError CONFLICT unless it is scheduled; FORBIDDEN; NOT_FOUND */
export async function unscheduleCampaign(ctx: Context, { id }: { id: string }): Promise<void> {
  await withTransaction(ctx, async (tx) => {
    await moveCampaign(tx, ctx, { id, verb: "unschedule", set: dueOf(null) });
    await recordAudit(tx, ctx, {
      action: "campaign.unscheduled",
      subjectType: "campaign",
      subjectId: id,
      before: { status: "scheduled" },
      after: { status: "draft" },
    });
    await bumpTopics(tx, ctx, ...campaignTopics(id));
  });
}
