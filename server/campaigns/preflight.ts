import { campaigns } from "@/db/schema/campaigns";
import { withTransaction } from "@/db/transaction";
import { findFiles } from "@/server/files";
import type { Context } from "@/server/platform/context";
import { required as orNotFound } from "@/server/platform/errors";
import { compileBodies } from "@/server/templates";
import { filesOf, launchProblems, spokenChannels } from "./problems";
import { countLacking, countLanguages, countReach } from "./reach";
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
    const campaign = orNotFound(found, "campaign");
    const compiled = compileBodies(await snapshotOf(tx, ctx, campaign, await ownWorkspace(tx, ctx)));
    const { used, required } = compiled.tags(spokenChannels(campaign));
    return {
      version: campaign.version,
      ...(await countReach(tx, ctx, campaign, compiled)),
      problems: launchProblems(campaign, compiled, await findFiles(tx, ctx, filesOf(campaign, compiled))),
      requiredTags: required,
      /** Customers without a value, for the tags that the messages use. */
      lacking: await countLacking(tx, ctx, { audience: campaign.audience, tags: used }),
      languages: await countLanguages(tx, ctx, campaign.audience),
    };
  });
}
export type Preflight = Awaited<ReturnType<typeof preflightCampaign>>;
