import { campaigns } from "@/db/schema/campaigns";
import { withTransaction } from "@/db/transaction";
import { readClock } from "@/server/platform/clock";
import type { Context } from "@/server/platform/context";
import { dayIn } from "@/server/platform/days";
import { required as orNotFound } from "@/server/platform/errors";
import { compileBodies } from "@/server/templates";
import { audienceProblems } from "./audience";
import { contactHours } from "./contact-hours";
import { estimateSending } from "./estimate";
import { expectResponses } from "./expected";
import { spokenChannels } from "./problems";
import { countLacking, countLanguages, countReach } from "./reach";
import { findProblems } from "./refuse-unsendable";
import type { Audience } from "./schemas";
import { ownWorkspace, snapshotOf } from "./snapshot";
import { purposeOf } from "./status";
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
    const workspace = await ownWorkspace(tx, ctx);
    const snapshot = await snapshotOf(tx, ctx, campaign, workspace);
    const compiled = compileBodies(snapshot);
    const { used, required } = compiled.tags(spokenChannels(campaign));
    const problems = await findProblems(tx, ctx, { campaign, snapshot, zone: workspace.timeZone });
    const gone = await audienceProblems(tx, ctx, campaign.audience);
    const audience = gone.length > 0 ? nobody : campaign.audience;
    const reach = await countReach(tx, ctx, { ...campaign, audience }, compiled);
    return {
      version: campaign.version,
      ...reach,
      expected: await expectResponses(tx, ctx, reach.byChannel),
      // Without content that can be sent there is nothing to price.
      estimate:
        problems.length > 0
          ? { cost: null, seconds: null }
          : await estimateSending(tx, ctx, { campaign, byChannel: reach.byChannel }),
      problems,
      hours: await contactHours(ctx, {
        channels: spokenChannels(campaign),
        purpose: purposeOf(campaign.category),
        locale: workspace.locale,
        today: dayIn(workspace.timeZone, await readClock(tx)),
      }),
      requiredTags: required,
      /** Customers without a value, for the tags that the messages use. */
      lacking: await countLacking(tx, ctx, { audience, tags: used }),
      languages: await countLanguages(tx, ctx, audience),
    };
  });
}

const nobody: Audience = { kind: "segments", include: [], exclude: [] };

export type Preflight = Awaited<ReturnType<typeof preflightCampaign>>;
