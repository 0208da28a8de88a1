import { and, inArray, isNotNull, isNull } from "drizzle-orm";
import { campaigns } from "@/db/schema/campaigns";
import { withTransaction } from "@/db/transaction";
import { recordAudit } from "@/server/platform/audit";
import { clockNow } from "@/server/platform/clock";
import { type Context, requireRole } from "@/server/platform/context";
import { AppError, required } from "@/server/platform/errors";
import { bumpTopics } from "@/server/platform/realtime";
import { archivable, campaignBuilders, statusLabels } from "./status";
import { campaignTopics, oneCampaign } from "./transition";

type Archiving = { id: string; archived: boolean };

/**
 * Puts a campaign away, out of the list, or takes it out again; nothing else about it changes. Only what has ended, and
 * drafts. @throws AppError CONFLICT for one that is under way; FORBIDDEN; NOT_FOUND
 */
export async function setArchived(ctx: Context, { id, archived }: Archiving): Promise<void> {
  requireRole(ctx, ...campaignBuilders);
  await withTransaction(ctx, async (tx) => {
    const [changed] = await tx
      .update(campaigns)
      .set({ archivedAt: archived ? clockNow : null })
      .where(
        and(
          oneCampaign(ctx, id, "update"),
          archived ? isNull(campaigns.archivedAt) : isNotNull(campaigns.archivedAt),
          archived ? inArray(campaigns.status, [...archivable]) : undefined,
        ),
      )
      .returning({ id: campaigns.id });
    if (changed) {
      await recordAudit(tx, ctx, {
        action: archived ? "campaign.archived" : "campaign.unarchived",
        subjectType: "campaign",
        subjectId: id,
      });
      await bumpTopics(tx, ctx, ...campaignTopics(id));
      return;
    }
    const [found] = await tx
      .select({ status: campaigns.status, archivedAt: campaigns.archivedAt })
      .from(campaigns)
      .where(oneCampaign(ctx, id, "update"));
    const { status, archivedAt } = required(found, "campaign");
    if ((archivedAt !== null) === archived) return;
    throw new AppError(
      "CONFLICT",
      `This campaign is ${statusLabels[status].label.toLowerCase()}. Only drafts and what has ended can be archived.`,
      { code: "wrong_status", status },
    );
  });
}
