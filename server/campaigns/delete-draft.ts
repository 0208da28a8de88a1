import { and, inArray } from "drizzle-orm";
import { campaigns } from "@/db/schema/campaigns";
import { withTransaction } from "@/db/transaction";
import { recordAudit } from "@/server/platform/audit";
import type { Context } from "@/server/platform/context";
import { bumpTopics } from "@/server/platform/realtime";
import { transitionOf } from "./status";
import { campaignTopics, oneCampaign, refuse, requireVerb } from "./transition";

/** Removes a draft; a campaign that ever ran stays. @throws AppError CONFLICT unless it is a draft; FORBIDDEN; NOT_FOUND */
export async function deleteDraft(ctx: Context, input: { id: string }): Promise<void> {
  requireVerb(ctx, "deleteDraft");
  await withTransaction(ctx, async (tx) => {
    const [gone] = await tx
      .delete(campaigns)
      .where(
        and(
          oneCampaign(ctx, input.id, "deleteDraft"),
          inArray(campaigns.status, [...transitionOf("deleteDraft").from]),
        ),
      )
      .returning();
    if (!gone) return refuse(tx, ctx, { id: input.id, verb: "deleteDraft" });
    const { name, type, goal, category, bodies } = gone;
    await recordAudit(tx, ctx, {
      action: "campaign.deleted",
      subjectType: "campaign",
      subjectId: gone.id,
      before: { name, type, goal, category, bodies },
    });
    await bumpTopics(tx, ctx, ...campaignTopics(gone.id));
  });
}
