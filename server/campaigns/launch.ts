import { eq } from "drizzle-orm";
import { campaigns } from "@/db/schema/campaigns";
import { withTransaction } from "@/db/transaction";
import { recordAudit } from "@/server/platform/audit";
import { clockNow } from "@/server/platform/clock";
import type { Context } from "@/server/platform/context";
import { AppError, required } from "@/server/platform/errors";
import { bumpTopics } from "@/server/platform/realtime";
import { beginRun } from "./begin-run";
import { refuseUnsendable } from "./refuse-unsendable";
import { requireApproval } from "./reviews";
import { type LaunchInput, launchInput } from "./schemas";
import { ownWorkspace } from "./snapshot";
import { type CampaignRow, campaignTopics, moveCampaign } from "./transition";

/**
 * Launches the draft at once, whatever time it asks for, at the version that the person saw: it becomes active, its content is
 * frozen into the run `launch`, and the workflow on `campaign/launched` freezes the audience and sends. All of that commits
 * together. Of two launches at once one wins. @throws AppError CONFLICT with `details.code` `approval_required`,
 * `stale_version` or `wrong_status`; BAD_INPUT with the `field` that keeps it from being sent; FORBIDDEN; NOT_FOUND
 */
export async function launchCampaign(ctx: Context, input: LaunchInput): Promise<{ runNumber: number }> {
  const { id, version } = launchInput.parse(input);
  return withTransaction(ctx, async (tx) => {
    const campaign = await moveCampaign(tx, ctx, {
      id,
      verb: "launch",
      set: { launchedAt: clockNow, failure: null },
      only: eq(campaigns.version, version),
    });
    if (campaign.replaces !== null)
      throw new AppError("CONFLICT", "These are changes to an automation that runs: publish them instead.");
    requireApproval((await ownWorkspace(tx, ctx)).approvalRequired, campaign);
    const sendable = await refuseUnsendable(tx, ctx, campaign, { due: true });
    const begun = await beginRun(tx, ctx, { campaign, sendable, slot: slotOf(campaign), sendAt: null });
    const runNumber = required(begun, "run");
    await recordAudit(tx, ctx, {
      action: "campaign.launched",
      subjectType: "campaign",
      subjectId: id,
      before: { status: "draft" },
      after: { status: "active", version, runNumber },
    });
    await bumpTopics(tx, ctx, ...campaignTopics(id));
    return { runNumber };
  });
}

const slotOf = ({ schedule }: CampaignRow): string => (schedule.kind === "automated" ? "v1" : "launch");
