import { and, eq, sql } from "drizzle-orm";
import { campaignRuns, campaigns } from "@/db/schema/campaigns";
import { type Transaction, withTransaction } from "@/db/transaction";
import { holdBack } from "@/server/campaigns";
import { recordAudit } from "@/server/platform/audit";
import { clockNow } from "@/server/platform/clock";
import type { Context } from "@/server/platform/context";
import { required } from "@/server/platform/errors";
import { bumpTopics } from "@/server/platform/realtime";

type Run = typeof campaignRuns.$inferSelect;
type Campaign = typeof campaigns.$inferSelect;

/**
 * Marks a run whose audience could not be prepared as failed: nothing of it was sent. A campaign of one run fails with it. A
 * recurring one that has another time or run ahead loses this run only: it is paused and its owner told, until somebody has
 * looked. The campaign's people read why. A run, or a campaign, that has moved on stays as it is.
 */
export async function failRun(ctx: Context, { runNumber }: { runNumber: number }): Promise<void> {
  await withTransaction(ctx, async (tx) => {
    // The run before its campaign, as `completeRun` locks them.
    const [run] = await tx
      .update(campaignRuns)
      .set({ status: "failed", completedAt: clockNow })
      .where(
        and(
          eq(campaignRuns.number, runNumber),
          eq(campaignRuns.workspaceId, ctx.workspaceId),
          eq(campaignRuns.status, "freezing"),
        ),
      )
      .returning();
    if (!run) return;
    const [found] = await tx
      .select()
      .from(campaigns)
      .where(and(eq(campaigns.id, run.campaignId), eq(campaigns.workspaceId, ctx.workspaceId)))
      .for("update");
    const campaign = required(found, "campaign");
    await recordAudit(tx, ctx, {
      action: "campaign.run_failed",
      subjectType: "campaign",
      subjectId: campaign.id,
      after: { runNumber, slot: run.slot },
    });
    if (await goesOn(tx, campaign)) await leaveOut(tx, ctx, { campaign, run });
    else await failCampaign(tx, ctx, { campaign, run });
    await bumpTopics(tx, ctx, "campaigns", `campaign:${campaign.id}`);
  });
}

/** Whether a recurring campaign has a time ahead, or a run that is under way. */
async function goesOn(tx: Transaction, { id, schedule, dueAt }: Campaign): Promise<boolean> {
  if (schedule.kind !== "recurring") return false;
  if (dueAt !== null) return true;
  const live = await tx.execute(sql`
    select from campaign_runs where campaign_id = ${id} and status in ('freezing', 'active') limit 1`);
  return live.length > 0;
}

type Failing = { campaign: Campaign; run: Run };

const timeOf = ({ slot }: Run): string => slot.replace("T", ", ");

async function leaveOut(tx: Transaction, ctx: Context, { campaign, run }: Failing): Promise<void> {
  const then = campaign.dueAt === null ? "what is under way goes on." : "it goes on at its next time.";
  const sentence = `The audience of its run of ${timeOf(run)} could not be prepared, so nothing of that run was sent. Look at the audience, then resume the campaign: ${then}`;
  // The notice is about this run, whatever becomes of the next one.
  if (campaign.status === "active")
    await holdBack(tx, ctx, { campaign: { ...campaign, dueAt: run.createdAt }, sentence });
  else if (campaign.status === "paused")
    await tx
      .update(campaigns)
      .set({ failure: sentence, updatedAt: clockNow })
      .where(eq(campaigns.id, campaign.id));
}

async function failCampaign(tx: Transaction, ctx: Context, { campaign, run }: Failing): Promise<void> {
  if (campaign.status !== "active" && campaign.status !== "paused") return;
  const failure =
    campaign.schedule.kind === "recurring"
      ? `The audience of its last run, of ${timeOf(run)}, could not be prepared, so nothing of that run was sent.`
      : "The audience could not be prepared. Nothing was sent; copy the campaign and launch it again.";
  await tx
    .update(campaigns)
    .set({ status: "failed", failure, updatedAt: clockNow })
    .where(eq(campaigns.id, campaign.id));
  await recordAudit(tx, ctx, {
    action: "campaign.failed",
    subjectType: "campaign",
    subjectId: campaign.id,
    before: { status: campaign.status },
    after: { status: "failed" },
  });
}
