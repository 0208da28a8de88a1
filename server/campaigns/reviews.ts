import { desc, eq, sql } from "drizzle-orm";
import { campaignReviews } from "@/db/schema/campaigns";
import { users } from "@/db/schema/workspaces";
import type { Transaction } from "@/db/transaction";
import { notify } from "@/server/notifications";
import { recordAudit } from "@/server/platform/audit";
import type { Context } from "@/server/platform/context";
import { AppError } from "@/server/platform/errors";
import { newId } from "@/server/platform/ids";
import { bumpTopics } from "@/server/platform/realtime";
import { ownerOf } from "./create";
import type { ReviewAct } from "./status";
import { type CampaignRow, campaignTopics } from "./transition";

type Review = { campaign: CampaignRow; act: ReviewAct; comment: string };

/**
 * Writes what became of a request for approval into the campaign's history and the audit, and tells whom it concerns: a
 * request every approver who may decide, a decision the owner and whoever asked.
 */
export async function recordReview(tx: Transaction, ctx: Context, review: Review): Promise<void> {
  const { campaign, act, comment } = review;
  const { id, version } = campaign;
  const reviewId = newId();
  await tx.insert(campaignReviews).values({
    id: reviewId,
    workspaceId: ctx.workspaceId,
    campaignId: id,
    version,
    act,
    comment,
    byUser: ownerOf(ctx),
  });
  // The comment may name people: it stands in the history, which goes with the campaign, and not in the audit.
  await recordAudit(tx, ctx, {
    action: `campaign.${act}`,
    subjectType: "campaign",
    subjectId: id,
    after: { status: campaign.status, version, commented: comment !== "" },
  });
  await bumpTopics(tx, ctx, ...campaignTopics(id));
  if (act === "withdrawn") return;
  await notify(tx, ctx, await concerned(tx, ctx, review), {
    kind: `campaign.${act}`,
    subjectType: "campaign",
    subjectId: id,
    text: notices[act],
    key: `campaign.${act}:${reviewId}`,
  });
}

const notices = {
  submitted: "A campaign waits for your approval.",
  approved: "Your campaign is approved.",
  returned: "Your campaign came back with a comment.",
} as const satisfies Record<Exclude<ReviewAct, "withdrawn">, string>;

async function concerned(tx: Transaction, ctx: Context, { campaign, act }: Review): Promise<string[]> {
  const people = [campaign.ownerId, campaign.submittedBy].filter((id) => id !== null);
  const whom =
    act === "submitted"
      ? sql`is_approver and user_id <> all(${sql.param(people)}::uuid[])`
      : sql`user_id = any(${sql.param(people)}::uuid[])`;
  const rows = await tx.execute<{ id: string }>(sql`
    select id from memberships where workspace_id = ${ctx.workspaceId} and status = 'active' and ${whom}`);
  return rows.map(({ id }) => id);
}

/** Why this person may not approve or return it, though they are an approver; null when they may. */
export function decisionBar(
  ctx: Context,
  campaign: Pick<CampaignRow, "ownerId" | "submittedBy">,
): string | null {
  if (ctx.userId !== campaign.ownerId && ctx.userId !== campaign.submittedBy) return null;
  return "Nobody approves or returns a campaign of their own. Another approver decides about this one.";
}

/** @throws AppError FORBIDDEN with `details.code` `own_campaign` */
export function requireOther(ctx: Context, campaign: Pick<CampaignRow, "ownerId" | "submittedBy">): void {
  const bar = decisionBar(ctx, campaign);
  if (bar) throw new AppError("FORBIDDEN", bar, { code: "own_campaign" });
}

/** The history of a campaign's approval, newest first. */
export function readReviews(tx: Transaction, ctx: Context, campaignId: string) {
  return tx
    .select({
      id: campaignReviews.id,
      act: campaignReviews.act,
      version: campaignReviews.version,
      comment: campaignReviews.comment,
      byName: users.name,
      at: campaignReviews.at,
    })
    .from(campaignReviews)
    .leftJoin(users, eq(users.id, campaignReviews.byUser))
    .where(
      sql`${campaignReviews.workspaceId} = ${ctx.workspaceId} and ${campaignReviews.campaignId} = ${campaignId}`,
    )
    .orderBy(desc(campaignReviews.id))
    .limit(50);
}

/** @throws AppError CONFLICT with `details.code` `approval_required`, unless this version was approved or nobody asks for it */
export function requireApproval(approvalRequired: boolean, campaign: CampaignRow): void {
  if (!approvalRequired || campaign.approvedVersion === campaign.version) return;
  throw new AppError(
    "CONFLICT",
    campaign.approvedVersion === null
      ? "This workspace sends only what an approver has approved. Submit the campaign for approval first."
      : "The campaign was changed after it was approved. Submit it for approval again.",
    { code: "approval_required" },
  );
}
