import { eq } from "drizzle-orm";
import { campaignRuns, campaigns } from "@/db/schema/campaigns";
import { type Transaction, withTransaction } from "@/db/transaction";
import { findFiles, markSent } from "@/server/files";
import { enqueue } from "@/server/jobs/enqueue";
import { recordAudit } from "@/server/platform/audit";
import { clockNow } from "@/server/platform/clock";
import type { Context } from "@/server/platform/context";
import { AppError, required } from "@/server/platform/errors";
import { newId } from "@/server/platform/ids";
import { bumpTopics } from "@/server/platform/realtime";
import { type CompiledBodies, compileBodies } from "@/server/templates";
import { audienceProblems } from "./audience";
import { type RunContent, runContentSchema } from "./content";
import { filesOf, launchProblems } from "./problems";
import { countReach } from "./reach";
import { type LaunchInput, launchInput } from "./schemas";
import { ownWorkspace, snapshotOf } from "./snapshot";
import { type CampaignRow, campaignTopics, moveCampaign, requireVerb } from "./transition";

/**
 * Launches the draft at the version that the person saw: it becomes active, its content is frozen into the run `launch`,
 * and the workflow on `campaign/launched` freezes the audience and sends. All of that commits together. Of two launches
 * at once one wins. @throws AppError CONFLICT with `details.code` `approval_required`, `stale_version` or `wrong_status`;
 * BAD_INPUT with the `field` that keeps it from being sent; FORBIDDEN; NOT_FOUND
 */
export async function launchCampaign(ctx: Context, input: LaunchInput): Promise<{ runNumber: number }> {
  const { id, version } = launchInput.parse(input);
  requireVerb(ctx, "launch");
  return withTransaction(ctx, async (tx) => {
    const campaign = await moveCampaign(tx, ctx, {
      id,
      verb: "launch",
      set: { launchedAt: clockNow },
      only: eq(campaigns.version, version),
    });
    const workspace = await ownWorkspace(tx, ctx);
    if (workspace.approvalRequired)
      throw new AppError(
        "CONFLICT",
        "This workspace launches campaigns only after approval. Ask an administrator to turn approval off, or leave this as a draft.",
        { code: "approval_required" },
      );
    const snapshot = await snapshotOf(tx, ctx, campaign, workspace);
    const compiled = compileBodies(snapshot);
    await refuseUnsendable(tx, ctx, campaign, compiled);
    const runNumber = await insertRun(tx, campaign, snapshot);
    const { logoFileId } = snapshot.branding;
    await markSent(tx, ctx, [...filesOf(campaign, compiled), ...(logoFileId ? [logoFileId] : [])]);
    await recordAudit(tx, ctx, {
      action: "campaign.launched",
      subjectType: "campaign",
      subjectId: id,
      before: { status: "draft" },
      after: { status: "active", version, runNumber },
    });
    await bumpTopics(tx, ctx, ...campaignTopics(id));
    await enqueue(tx, ctx, "campaign/launched", { campaignId: id, runNumber }, `${id}:launch`);
    return { runNumber };
  });
}

async function refuseUnsendable(
  tx: Transaction,
  ctx: Context,
  campaign: CampaignRow,
  compiled: CompiledBodies,
): Promise<void> {
  const [problem] = [
    ...launchProblems(campaign, compiled, await findFiles(tx, ctx, filesOf(campaign, compiled))),
    ...(await audienceProblems(tx, ctx, campaign.audience)),
  ];
  if (problem) throw new AppError("BAD_INPUT", problem.message, { tab: problem.tab, field: problem.field });
  const { audience, reachable } = await countReach(tx, ctx, campaign, compiled);
  if (reachable > 0) return;
  throw new AppError(
    "BAD_INPUT",
    audience === 0
      ? "Nobody is in this audience. Choose another one."
      : `None of the ${audience} customers in this audience can be sent this message. See who is left out and why.`,
    { tab: "targeting", field: "audience", audience },
  );
}

async function insertRun(tx: Transaction, campaign: CampaignRow, snapshot: RunContent): Promise<number> {
  const content = runContentSchema.parse(snapshot);
  const [run] = await tx
    .insert(campaignRuns)
    .values({
      id: newId(),
      workspaceId: campaign.workspaceId,
      campaignId: campaign.id,
      slot: "launch",
      content,
    })
    .returning({ number: campaignRuns.number });
  return required(run, "run").number;
}
