import { type SQL, sql } from "drizzle-orm";
import { withTransaction } from "@/db/transaction";
import type { Channel } from "@/server/channels/status";
import { recordAudit } from "@/server/platform/audit";
import type { Context } from "@/server/platform/context";
import { bumpTopics } from "@/server/platform/realtime";

/**
 * Pauses a campaign whose channel is not set up for sending, with a sentence for the person who can mend it. Nothing is
 * burnt: resuming goes on with the next message. A campaign that is not active stays as it is.
 */
export const pauseForChannel = (ctx: Context, campaignId: string, sentence: string): Promise<void> =>
  pauseFor(ctx, campaignId, { reason: "configuration", sentence });

/** Pauses a campaign whose budget is used up. What is left waits: a larger budget and "Resume" let it go. */
export const pauseForBudget = (ctx: Context, campaignId: string): Promise<void> =>
  pauseFor(ctx, campaignId, {
    reason: "over_budget",
    sentence:
      "The budget is used up, so the rest waits. Raise the budget and resume, or cancel what is left.",
  });

async function pauseFor(
  ctx: Context,
  campaignId: string,
  { reason, sentence }: { reason: string; sentence: string },
): Promise<void> {
  await withTransaction(ctx, async (tx) => {
    const paused = await tx.execute(sql`
      update campaigns set status = 'paused', failure = ${sentence}, updated_at = clock_now()
      where id = ${campaignId} and workspace_id = ${ctx.workspaceId} and status = 'active' returning id`);
    if (paused.length === 0) return;
    await recordAudit(tx, ctx, {
      action: "campaign.paused",
      subjectType: "campaign",
      subjectId: campaignId,
      before: { status: "active" },
      after: { status: "paused", reason },
    });
    await bumpTopics(tx, ctx, "campaigns", `campaign:${campaignId}`);
  });
}

/**
 * Shows on the active campaigns of a channel that it does not answer, or, with null, that it does again. Sending goes on by
 * itself.
 */
export async function noteChannelTrouble(
  ctx: Context,
  channel: Channel,
  sentence: string | null,
): Promise<void> {
  await note(ctx, sql`(${channel} = any(channels) or fall_back ->> 'channel' = ${channel})`, sentence);
}

/** Shows on an active campaign that messages of this run of it cannot be prepared, or, with null, that they can again. */
export async function noteRunTrouble(
  ctx: Context,
  runNumber: number,
  sentence: string | null,
): Promise<void> {
  await note(ctx, sql`id = (select campaign_id from campaign_runs where number = ${runNumber})`, sentence);
}

async function note(ctx: Context, which: SQL, sentence: string | null): Promise<void> {
  await withTransaction(ctx, async (tx) => {
    const changed = await tx.execute<{ id: string }>(sql`
      update campaigns set failure = ${sentence}
      where ${which} and workspace_id = ${ctx.workspaceId} and status = 'active'
        and failure is distinct from ${sentence} returning id`);
    for (const { id } of changed) await bumpTopics(tx, ctx, "campaigns", `campaign:${id}`);
  });
}
