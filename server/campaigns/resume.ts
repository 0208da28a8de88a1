import { campaigns } from "@/db/schema/campaigns";
import { withTransaction } from "@/db/transaction";
import { listenAgain } from "@/server/automations";
import { recordAudit } from "@/server/platform/audit";
import { readClock } from "@/server/platform/clock";
import type { Context } from "@/server/platform/context";
import { bumpTopics } from "@/server/platform/realtime";
import { requireOwnBook } from "./book";
import { endRecurring } from "./leave-schedule";
import { dueOf, nextDue } from "./next-due";
import { ownWorkspace } from "./snapshot";
import { campaignTopics, moveCampaign, oneCampaign } from "./transition";

/**
 * Lets a paused campaign go on where it stopped; what a pause by the system said is settled. Times of a recurring one that
 * passed meanwhile are not made up for, and what happened meanwhile lets nobody into an automated one. @throws AppError CONFLICT unless it is paused; BAD_INPUT for an advisor whose campaign
 * goes beyond the own book; FORBIDDEN; NOT_FOUND
 */
export async function resumeCampaign(ctx: Context, input: { id: string }): Promise<void> {
  await withTransaction(ctx, async (tx) => {
    const campaign = await moveCampaign(tx, ctx, { id: input.id, verb: "resume", set: { failure: null } });
    requireOwnBook(ctx, campaign);
    await recordAudit(tx, ctx, {
      action: "campaign.resumed",
      subjectType: "campaign",
      subjectId: input.id,
      before: { status: "paused" },
      after: { status: "active" },
    });
    await bumpTopics(tx, ctx, ...campaignTopics(input.id));
    if (campaign.schedule.kind === "automated") await listenAgain(tx, ctx, campaign.id);
    const now = await readClock(tx);
    // A time that is still to come stays as it was promised.
    if (campaign.dueAt === null || campaign.dueAt > now) return;
    const { timeZone } = await ownWorkspace(tx, ctx);
    const next = await nextDue(tx, ctx, { campaign, zone: timeZone, after: now, past: campaign.dueSlot });
    if (next) await tx.update(campaigns).set(dueOf(next)).where(oneCampaign(ctx, input.id));
    else await endRecurring(tx, { ...ctx, actor: { kind: "system", id: null } }, campaign);
  });
}
