import { campaigns } from "@/db/schema/campaigns";
import { withTransaction } from "@/db/transaction";
import { findFiles } from "@/server/files";
import type { Context } from "@/server/platform/context";
import { required as orNotFound } from "@/server/platform/errors";
import { compileBodies } from "@/server/templates";
import { audienceProblems } from "./audience";
import { filesOf, launchProblems, spokenChannels } from "./problems";
import { countLacking, countLanguages, countReach } from "./reach";
import type { Audience } from "./schemas";
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
    const files = await findFiles(tx, ctx, filesOf(campaign, compiled));
    const gone = await audienceProblems(tx, ctx, campaign.audience);
    const audience = gone.length > 0 ? nobody : campaign.audience;
    return {
      version: campaign.version,
      ...(await countReach(tx, ctx, { ...campaign, audience }, compiled)),
      problems: [...launchProblems(campaign, compiled, files), ...gone],
      requiredTags: required,
      /** Customers without a value, for the tags that the messages use. */
      lacking: await countLacking(tx, ctx, { audience, tags: used }),
      languages: await countLanguages(tx, ctx, audience),
    };
  });
}

const nobody: Audience = { kind: "segments", include: [], exclude: [] };

export type Preflight = Awaited<ReturnType<typeof preflightCampaign>>;
