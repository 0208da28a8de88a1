import { withTransaction } from "@/db/transaction";
import { recordAudit } from "@/server/platform/audit";
import type { Context } from "@/server/platform/context";
import { bumpTopics } from "@/server/platform/realtime";
import { campaignTopics, moveCampaign } from "./transition";

/** Lets a paused campaign go on where it stopped; what a pause by the system said is settled. @throws AppError CONFLICT unless it is paused; FORBIDDEN; NOT_FOUND */
export async function resumeCampaign(ctx: Context, input: { id: string }): Promise<void> {
  await withTransaction(ctx, async (tx) => {
    await moveCampaign(tx, ctx, { id: input.id, verb: "resume", set: { failure: null } });
    await recordAudit(tx, ctx, {
      action: "campaign.resumed",
      subjectType: "campaign",
      subjectId: input.id,
      before: { status: "paused" },
      after: { status: "active" },
    });
    await bumpTopics(tx, ctx, ...campaignTopics(input.id));
  });
}
