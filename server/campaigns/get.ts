import { and, desc, eq } from "drizzle-orm";
import { campaignRuns, campaigns } from "@/db/schema/campaigns";
import { users } from "@/db/schema/workspaces";
import { withTransaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { required } from "@/server/platform/errors";
import { mayEditTemplates } from "@/server/template-library/status";
import { decisionBar, readReviews } from "./reviews";
import { ownWorkspace } from "./snapshot";
import { allowedVerbs, purposeOf } from "./status";
import { templateOf } from "./template-of";
import { oneCampaign, requireReader, seesAll } from "./transition";

/** One campaign with its latest run and what the asker may do with it. @throws AppError NOT_FOUND, FORBIDDEN */
export async function getCampaign(ctx: Context, input: { id: string }) {
  requireReader(ctx);
  return withTransaction(ctx, async (tx) => {
    const [found] = await tx
      .select({ campaign: campaigns, ownerName: users.name })
      .from(campaigns)
      .leftJoin(users, eq(users.id, campaigns.ownerId))
      .where(oneCampaign(ctx, input.id));
    const { campaign, ownerName } = required(found, "campaign");
    const [run] = await tx
      .select({
        number: campaignRuns.number,
        status: campaignRuns.status,
        audienceSize: campaignRuns.audienceSize,
        createdAt: campaignRuns.createdAt,
        frozenAt: campaignRuns.frozenAt,
        completedAt: campaignRuns.completedAt,
      })
      .from(campaignRuns)
      .where(and(eq(campaignRuns.workspaceId, ctx.workspaceId), eq(campaignRuns.campaignId, campaign.id)))
      .orderBy(desc(campaignRuns.number))
      .limit(1);
    const { approvalRequired } = await ownWorkspace(tx, ctx);
    const approved = campaign.approvedVersion === campaign.version;
    return {
      ...campaign,
      approval: {
        required: approvalRequired,
        approved,
        /** Why this approver may not decide about it; null when they may. */
        barred: decisionBar(ctx, campaign),
        history: await readReviews(tx, ctx, campaign.id),
      },
      purpose: purposeOf(campaign.category),
      /** Null: it has words of its own. */
      template: await templateOf(tx, ctx, campaign),
      ownerName,
      run: run ?? null,
      /** An advisor who reads it as an approver decides about it and does nothing else. */
      verbs: allowedVerbs(campaign.status, ctx).filter(
        (verb) => seesAll(ctx, verb) || campaign.ownerId === ctx.userId,
      ),
      maySaveTemplate: mayEditTemplates(ctx),
    };
  });
}
export type CampaignDetail = Awaited<ReturnType<typeof getCampaign>>;
