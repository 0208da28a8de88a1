import { eq } from "drizzle-orm";
import { campaigns } from "@/db/schema/campaigns";
import { withTransaction } from "@/db/transaction";
import { recordAudit } from "@/server/platform/audit";
import { readClock } from "@/server/platform/clock";
import type { Context } from "@/server/platform/context";
import { AppError } from "@/server/platform/errors";
import { bumpTopics } from "@/server/platform/realtime";
import { dueOf, nextDue } from "./next-due";
import { refuseUnsendable } from "./refuse-unsendable";
import { requireApproval } from "./reviews";
import { type LaunchInput, launchInput } from "./schemas";
import { ownWorkspace } from "./snapshot";
import { campaignTopics, moveCampaign } from "./transition";

/**
 * Puts the draft on its schedule, at the version that the person saw: it launches by itself at its first time, and a recurring
 * one at every later one. Until then it can be taken off. @throws AppError CONFLICT with `details.code` `approval_required`,
 * `stale_version` or `wrong_status`; BAD_INPUT with the `field` that keeps it from being sent; FORBIDDEN; NOT_FOUND
 */
export async function scheduleCampaign(ctx: Context, input: LaunchInput): Promise<{ dueAt: Date }> {
  const { id, version } = launchInput.parse(input);
  return withTransaction(ctx, async (tx) => {
    const moved = await moveCampaign(tx, ctx, { id, verb: "schedule", only: eq(campaigns.version, version) });
    const { approvalRequired, timeZone } = await ownWorkspace(tx, ctx);
    requireApproval(approvalRequired, moved);
    await refuseUnsendable(tx, ctx, moved);
    const next = await nextDue(tx, ctx, { campaign: moved, zone: timeZone, after: await readClock(tx) });
    if (!next)
      throw new AppError("BAD_INPUT", "Choose first when it is to be sent.", {
        tab: "schedule",
        field: "schedule",
      });
    await tx
      .update(campaigns)
      .set({ ...dueOf(next), failure: null })
      .where(eq(campaigns.id, moved.id));
    await recordAudit(tx, ctx, {
      action: "campaign.scheduled",
      subjectType: "campaign",
      subjectId: id,
      before: { status: "draft" },
      after: { status: "scheduled", version, schedule: moved.schedule, dueAt: next.at.toISOString() },
    });
    await bumpTopics(tx, ctx, ...campaignTopics(id));
    return { dueAt: next.at };
  });
}
