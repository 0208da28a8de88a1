import { campaigns } from "@/db/schema/campaigns";
import { withTransaction } from "@/db/transaction";
import { recordAudit } from "@/server/platform/audit";
import { readClock } from "@/server/platform/clock";
import type { Context } from "@/server/platform/context";
import { bumpTopics } from "@/server/platform/realtime";
import { endRecurring } from "./leave-schedule";
import { nextDue } from "./next-due";
import { ownWorkspace } from "./snapshot";
import { campaignTopics, moveCampaign, oneCampaign } from "./transition";

/**
 * Lets a paused campaign go on where it stopped; what a pause by the system said is settled. Times of a recurring one that
 * passed meanwhile are not made up for. @throws AppError CONFLICT unless it is paused; FORBIDDEN; NOT_FOUND
 */
export async function resumeCampaign(ctx: Context, input: { id: string }): Promise<void> {
  await withTransaction(ctx, async (tx) => {
    const campaign = await moveCampaign(tx, ctx, { id: input.id, verb: "resume", set: { failure: null } });
    await recordAudit(tx, ctx, {
      action: "campaign.resumed",
      subjectType: "campaign",
      subjectId: input.id,
      before: { status: "paused" },
      after: { status: "active" },
    });
    await bumpTopics(tx, ctx, ...campaignTopics(input.id));
    if (campaign.dueAt === null) return;
    const { timeZone } = await ownWorkspace(tx, ctx);
    const next = await nextDue(tx, ctx, { campaign, zone: timeZone, after: await readClock(tx) });
    if (next) await tx.update(campaigns).set({ dueAt: next.at }).where(oneCampaign(ctx, input.id));
    else await endRecurring(tx, { ...ctx, actor: { kind: "system", id: null } }, campaign);
  });
}
