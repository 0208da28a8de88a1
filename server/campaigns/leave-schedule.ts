import { sql } from "drizzle-orm";
import { campaigns } from "@/db/schema/campaigns";
import type { Transaction } from "@/db/transaction";
import { notify } from "@/server/notifications";
import { recordAudit } from "@/server/platform/audit";
import { clockNow } from "@/server/platform/clock";
import type { Context } from "@/server/platform/context";
import { bumpTopics } from "@/server/platform/realtime";
import { dueOf } from "./next-due";
import { type CampaignRow, campaignTopics, moveCampaign, oneCampaign } from "./transition";

type Leaving = { campaign: CampaignRow; sentence: string };

/** A scheduled campaign that did not go at its time is a draft again; the sentence says why, and its owner is told. */
export async function dropDue(
  tx: Transaction,
  ctx: Context,
  { campaign, sentence }: Leaving,
): Promise<"dropped"> {
  const { id } = campaign;
  await moveCampaign(tx, ctx, { id, verb: "dropDue", set: { ...dueOf(null), failure: sentence } });
  await tell(tx, ctx, { campaign, sentence, to: "draft" });
  return "dropped";
}

/** A recurring campaign whose next run cannot go is paused; what is under way waits too, until somebody has looked. */
export async function holdBack(
  tx: Transaction,
  ctx: Context,
  { campaign, sentence }: Leaving,
): Promise<"held_back"> {
  const { id } = campaign;
  await moveCampaign(tx, ctx, { id, verb: "pause", set: { failure: sentence } });
  await tell(tx, ctx, { campaign, sentence, to: "paused" });
  return "held_back";
}

/** Tells the owner, or the administrators when the owner has left. */
async function tell(
  tx: Transaction,
  ctx: Context,
  { campaign, to }: Leaving & { to: "draft" | "paused" },
): Promise<void> {
  const { id, dueAt, ownerId, status } = campaign;
  await recordAudit(tx, ctx, {
    action: to === "draft" ? "campaign.unscheduled" : "campaign.paused",
    subjectType: "campaign",
    subjectId: id,
    before: { status },
    after: { status: to },
  });
  const [owner] = await tx.execute<{ id: string }>(sql`
    select id from memberships where workspace_id = ${ctx.workspaceId} and user_id = ${ownerId} and status = 'active'`);
  const admins = owner
    ? []
    : await tx.execute<{ id: string }>(sql`
        select id from memberships where workspace_id = ${ctx.workspaceId} and role = 'admin' and status = 'active'`);
  await notify(
    tx,
    ctx,
    (owner ? [owner] : admins).map((member) => member.id),
    {
      kind: "campaign.not_sent",
      subjectType: "campaign",
      subjectId: id,
      text: owner
        ? "A campaign of yours was not sent at its time."
        : "A campaign was not sent at its time, and its owner has left.",
      key: `campaign.not_sent:${id}:${dueAt?.toISOString() ?? ""}`,
    },
  );
  await bumpTopics(tx, ctx, ...campaignTopics(id));
}

/** No time is left: a recurring campaign is complete once its last run is. */
export async function endRecurring(tx: Transaction, ctx: Context, { id }: CampaignRow): Promise<"ended"> {
  await tx.update(campaigns).set(dueOf(null)).where(oneCampaign(ctx, id));
  const live = await tx.execute(sql`
    select from campaign_runs where campaign_id = ${id} and workspace_id = ${ctx.workspaceId}
      and status in ('freezing', 'active') limit 1`);
  if (live.length === 0) {
    await moveCampaign(tx, ctx, { id, verb: "complete", set: { completedAt: clockNow } });
    await recordAudit(tx, ctx, {
      action: "campaign.completed",
      subjectType: "campaign",
      subjectId: id,
      before: { status: "active" },
      after: { status: "completed" },
    });
  }
  await bumpTopics(tx, ctx, ...campaignTopics(id));
  return "ended";
}
