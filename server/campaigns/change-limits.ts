import { and, inArray } from "drizzle-orm";
import { campaigns } from "@/db/schema/campaigns";
import { type Transaction, withTransaction } from "@/db/transaction";
import { recordAudit } from "@/server/platform/audit";
import { clockNow } from "@/server/platform/clock";
import { type Context, requireRole } from "@/server/platform/context";
import { AppError, required } from "@/server/platform/errors";
import { moneyText } from "@/server/platform/money";
import { bumpTopics } from "@/server/platform/realtime";
import { countSpend } from "./count-spend";
import type { Limits } from "./schemas";
import { type CampaignStatus, campaignBuilders, statusLabels } from "./status";
import { campaignTopics, oneCampaign } from "./transition";

const CHANGEABLE = ["active", "paused"] as const;

/**
 * Changes how fast a launched campaign goes and what it may cost, also while it runs: the sender reads both again at each
 * micro-batch. A first budget is set while the campaign is paused, so that what has gone is counted to the last message.
 * @throws AppError FORBIDDEN, NOT_FOUND; CONFLICT once it has ended, or for a first budget while messages are on their way
 */
export async function changeLimits(ctx: Context, { id, ratePerSecond, budget }: Limits): Promise<void> {
  requireRole(ctx, ...campaignBuilders);
  await withTransaction(ctx, async (tx) => {
    const [row] = await tx
      .select({ status: campaigns.status, ratePerSecond: campaigns.ratePerSecond, budget: campaigns.budget })
      .from(campaigns)
      .where(oneCampaign(ctx, id, "pause"))
      .for("update");
    const before = required(row, "campaign");
    if (budget !== null && before.budget === null) await beginBudget(tx, ctx, { id, status: before.status });
    const changed = await tx
      .update(campaigns)
      .set({ ratePerSecond, budget, updatedAt: clockNow })
      .where(and(oneCampaign(ctx, id, "pause"), inArray(campaigns.status, [...CHANGEABLE])))
      .returning({ id: campaigns.id });
    if (changed.length === 0)
      throw new AppError(
        "CONFLICT",
        before.status === "scheduled" || before.status === "in_review"
          ? "Pace and budget were looked at with the rest: make it a draft again to change them."
          : `This campaign is ${statusLabels[before.status].label.toLowerCase()}, so its pace and budget no longer matter.`,
        { code: "wrong_status", status: before.status },
      );
    await recordAudit(tx, ctx, {
      action: "campaign.limits_changed",
      subjectType: "campaign",
      subjectId: id,
      before: { ratePerSecond: before.ratePerSecond, budget: moneyText(before.budget) || null },
      after: { ratePerSecond, budget: moneyText(budget) || null },
    });
    await bumpTopics(tx, ctx, ...campaignTopics(id));
  });
}

async function beginBudget(
  tx: Transaction,
  ctx: Context,
  { id, status }: { id: string; status: CampaignStatus },
): Promise<void> {
  if (status === "active")
    throw new AppError(
      "CONFLICT",
      "Pause the campaign first: a budget counts what was sent before it was set.",
    );
  if (!(await countSpend(tx, ctx, id)))
    throw new AppError("CONFLICT", "Some messages are still on their way. Try again in a moment.");
}
