import { and, eq, inArray, sql } from "drizzle-orm";
import { campaignReviews, campaigns } from "@/db/schema/campaigns";
import { type Transaction, withTransaction } from "@/db/transaction";
import { recordAudit } from "@/server/platform/audit";
import { clockNow } from "@/server/platform/clock";
import type { Context } from "@/server/platform/context";
import { AppError, required } from "@/server/platform/errors";
import { newId } from "@/server/platform/ids";
import { bumpTopics } from "@/server/platform/realtime";
import { beginRun } from "./begin-run";
import { refuseUnsendable } from "./refuse-unsendable";
import { requireApproval } from "./reviews";
import { type LaunchInput, launchInput } from "./schemas";
import { ownWorkspace } from "./snapshot";
import { type CampaignRow, campaignTopics, oneCampaign, refuse, requireVerb } from "./transition";

/**
 * Publishes a draft of changes as the next version of the automation that it came from: from this moment customers enter the
 * new version, in a run of its own; whoever entered before finishes the version that they entered, and nobody enters twice for
 * the same occurrence. The draft is gone afterwards. Returns the automation's id.
 * @throws AppError CONFLICT with `details.code` `approval_required` or `stale_version`, or when the automation has ended;
 * BAD_INPUT with the `field` that keeps it from being sent; FORBIDDEN; NOT_FOUND
 */
export async function publishCampaign(ctx: Context, input: LaunchInput): Promise<{ id: string }> {
  const { id, version } = launchInput.parse(input);
  requireVerb(ctx, "launch");
  return withTransaction(ctx, async (tx) => {
    const draft = await lockDraft(tx, ctx, id, version);
    requireApproval((await ownWorkspace(tx, ctx)).approvalRequired, draft);
    const sendable = await refuseUnsendable(tx, ctx, draft, { due: true });
    const before = await lockRunning(tx, ctx, draft.replaces ?? "");
    const [counted] = await tx.execute<{ runs: number }>(
      sql`select count(*)::int as runs from campaign_runs where campaign_id = ${before.id}`,
    );
    const slot = `v${(counted?.runs ?? 0) + 1}`;
    await keepReviews(tx, { from: id, to: before.id });
    await tx.delete(campaigns).where(eq(campaigns.id, id));
    const [after] = await tx
      .update(campaigns)
      .set({ ...changedBy(draft), version: before.version + 1, updatedAt: clockNow })
      .where(eq(campaigns.id, before.id))
      .returning();
    await beginRun(tx, ctx, { campaign: required(after, "campaign"), sendable, slot, sendAt: null });
    await recordAudit(tx, ctx, {
      action: "campaign.published",
      subjectType: "campaign",
      subjectId: before.id,
      before: { version: before.version },
      after: { version: before.version + 1, slot },
    });
    await bumpTopics(tx, ctx, ...campaignTopics(before.id));
    return { id: before.id };
  });
}

async function lockDraft(tx: Transaction, ctx: Context, id: string, version: number): Promise<CampaignRow> {
  const [draft] = await tx
    .select()
    .from(campaigns)
    .where(and(oneCampaign(ctx, id, "launch"), eq(campaigns.status, "draft"), eq(campaigns.version, version)))
    .for("update");
  if (!draft) return refuse(tx, ctx, { id, verb: "launch" });
  if (draft.replaces !== null && draft.schedule.kind === "automated") return draft;
  throw new AppError(
    "BAD_INPUT",
    "Changes to an automation stay one: choose “When something happens” again.",
    {
      tab: "schedule",
      field: "schedule",
    },
  );
}

async function lockRunning(tx: Transaction, ctx: Context, id: string): Promise<CampaignRow> {
  const [row] = await tx
    .select()
    .from(campaigns)
    .where(and(oneCampaign(ctx, id, "launch"), inArray(campaigns.status, ["active", "paused"])))
    .for("update");
  if (row) return row;
  throw new AppError(
    "CONFLICT",
    "The automation that these changes are for has ended. Make a copy of it instead.",
  );
}

/** Who approved the draft stays with the automation: the log of reviews is only added to. */
async function keepReviews(tx: Transaction, { from, to }: { from: string; to: string }): Promise<void> {
  const reviews = await tx.select().from(campaignReviews).where(eq(campaignReviews.campaignId, from));
  if (reviews.length > 0)
    await tx
      .insert(campaignReviews)
      .values(reviews.map((review) => ({ ...review, id: newId(), campaignId: to })));
}

/** What of a draft is the content of a version; state, times and identity stay the automation's. */
function changedBy(draft: CampaignRow) {
  const {
    id: _,
    workspaceId: __,
    status: ___,
    version: ____,
    replaces,
    submittedBy,
    createdAt,
    ...rest
  } = draft;
  const {
    updatedAt,
    launchedAt,
    completedAt,
    archivedAt,
    failure,
    dueAt,
    dueSlot,
    approvedVersion,
    ...content
  } = rest;
  return content;
}
