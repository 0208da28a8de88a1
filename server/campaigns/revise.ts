import { eq } from "drizzle-orm";
import { campaigns } from "@/db/schema/campaigns";
import { withTransaction } from "@/db/transaction";
import { recordAudit } from "@/server/platform/audit";
import type { Context } from "@/server/platform/context";
import { AppError, required } from "@/server/platform/errors";
import { newId } from "@/server/platform/ids";
import { bumpTopics } from "@/server/platform/realtime";
import { campaignTopics, oneCampaign, requireVerb } from "./transition";

/**
 * The draft of changes to a running automation: the one that there is, or a new one that begins as what runs. What runs goes on
 * meanwhile as it is. @throws AppError CONFLICT unless it is an automation that runs or is paused; FORBIDDEN; NOT_FOUND
 */
export async function reviseCampaign(ctx: Context, input: { id: string }): Promise<{ id: string }> {
  requireVerb(ctx, "launch");
  return withTransaction(ctx, async (tx) => {
    const [found] = await tx
      .select()
      .from(campaigns)
      .where(oneCampaign(ctx, input.id, "launch"))
      .for("update");
    const source = required(found, "campaign");
    if (source.schedule.kind !== "automated" || !["active", "paused"].includes(source.status))
      throw new AppError("CONFLICT", "Only an automation that runs or is paused is changed this way.");
    const [begun] = await tx
      .select({ id: campaigns.id })
      .from(campaigns)
      .where(eq(campaigns.replaces, source.id));
    if (begun) return begun;
    const id = newId();
    const { createdAt: _, updatedAt: __, launchedAt: ___, ...same } = source;
    await tx.insert(campaigns).values({
      ...same,
      id,
      replaces: source.id,
      status: "draft",
      version: 1,
      submittedBy: null,
      approvedVersion: null,
      failure: null,
    });
    await recordAudit(tx, ctx, {
      action: "campaign.revised",
      subjectType: "campaign",
      subjectId: source.id,
      after: { draft: id },
    });
    await bumpTopics(tx, ctx, ...campaignTopics(source.id));
    return { id };
  });
}
