import { campaigns } from "@/db/schema/campaigns";
import { withTransaction } from "@/db/transaction";
import { findFiles } from "@/server/files";
import type { Context } from "@/server/platform/context";
import { required } from "@/server/platform/errors";
import { compileBodies } from "@/server/templates";
import { filesOf, launchProblems } from "./problems";
import { countReach } from "./reach";
import { ownWorkspace, snapshotOf } from "./snapshot";
import { oneCampaign, requireReader } from "./transition";

/**
 * What would happen if the campaign were launched as it is saved now: whom it reaches, who is left out and by which rule,
 * and what must be mended first. Counts the whole audience and sends nothing. @throws AppError FORBIDDEN, NOT_FOUND
 */
export async function preflightCampaign(ctx: Context, input: { id: string }) {
  requireReader(ctx);
  return withTransaction(ctx, async (tx) => {
    const [found] = await tx.select().from(campaigns).where(oneCampaign(ctx, input.id));
    const campaign = required(found, "campaign");
    const compiled = compileBodies(await snapshotOf(tx, ctx, campaign, await ownWorkspace(tx, ctx)));
    return {
      version: campaign.version,
      ...(await countReach(tx, ctx, campaign, compiled)),
      problems: launchProblems(campaign, compiled, await findFiles(tx, ctx, filesOf(campaign, compiled))),
      requiredTags: compiled.tags(campaign.channels).required,
    };
  });
}
export type Preflight = Awaited<ReturnType<typeof preflightCampaign>>;
