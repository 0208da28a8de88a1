import { campaigns } from "@/db/schema/campaigns";
import { templateUses } from "@/db/schema/templates";
import { withTransaction } from "@/db/transaction";
import { recordAudit } from "@/server/platform/audit";
import { type Context, requireRole } from "@/server/platform/context";
import { required } from "@/server/platform/errors";
import { newId } from "@/server/platform/ids";
import { bumpTopics } from "@/server/platform/realtime";
import { withinBook } from "./book";
import { ownerFor } from "./create";
import { limits } from "./schemas";
import { campaignBuilders } from "./status";
import { templateOf } from "./template-of";
import { campaignTopics, oneCampaign } from "./transition";

/** Makes a new draft from a campaign in any state, owned by the cloner; results stay behind. Returns the draft's id. */
export async function cloneCampaign(ctx: Context, input: { id: string }): Promise<{ id: string }> {
  requireRole(ctx, ...campaignBuilders);
  const id = newId();
  await withTransaction(ctx, async (tx) => {
    const [found] = await tx.select().from(campaigns).where(oneCampaign(ctx, input.id));
    const source = required(found, "campaign");
    const name = `Copy of ${source.name}`.slice(0, limits.name).trim();
    const { type, goal, description, category, onUnknown, budget, ratePerSecond, tags, holdOut } = source;
    const { channels, languages, bodies, fallbacks, fallBack, abTest, attachments, utm } = source;
    const { tracking, senderName, conversionEvent, attributionDays, countsAutoDebit } = source;
    await tx.insert(campaigns).values({
      id,
      workspaceId: ctx.workspaceId,
      name,
      type,
      goal,
      description,
      category,
      audience: withinBook(ctx, source.audience, source.audience),
      channels,
      languages,
      bodies,
      fallbacks,
      fallBack,
      abTest,
      attachments,
      utm,
      tracking,
      senderName,
      conversionEvent,
      attributionDays,
      countsAutoDebit,
      budget,
      ratePerSecond,
      onUnknown,
      tags,
      // A time of its own is chosen anew; what an automation listens to is its content.
      ...(source.schedule.kind === "automated" ? { schedule: source.schedule } : {}),
      holdOut,
      ownerId: await ownerFor(tx, ctx),
    });
    // It says what the template says, so the template's purpose holds for it, and what comes of it is the template's too.
    const template = await templateOf(tx, ctx, source);
    if (template)
      await tx.insert(templateUses).values({
        workspaceId: ctx.workspaceId,
        campaignId: id,
        templateId: template.id,
        version: template.version,
        purpose: template.purpose,
        usedBy: ctx.actor.id,
      });
    await recordAudit(tx, ctx, {
      action: "campaign.cloned",
      subjectType: "campaign",
      subjectId: id,
      after: { name, from: source.id },
    });
    await bumpTopics(tx, ctx, ...campaignTopics(id));
  });
  return { id };
}
