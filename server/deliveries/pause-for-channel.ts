import { type SQL, sql } from "drizzle-orm";
import { type Transaction, withTransaction } from "@/db/transaction";
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

/** Begins what a campaign says whose messages cannot be prepared; what it says of its channel begins otherwise. */
const UNPREPARED = "Messages of this campaign cannot be prepared";

const aboutRun = (runNumber: number): string => `under run ${runNumber}.`;

/** Whether a campaign says that messages of this run cannot be prepared, whoever had it say so. */
export const saysUnprepared = (failure: string, runNumber: number): boolean =>
  failure.startsWith(UNPREPARED) && failure.endsWith(` ${aboutRun(runNumber)}`);

/**
 * Shows on the active campaigns of a channel, with the caller's transaction, that it does not answer, or, with null, that it
 * does again. Sending goes on by itself.
 */
export async function noteChannelTrouble(
  tx: Transaction,
  ctx: Context,
  { channel, sentence }: { channel: Channel; sentence: string | null },
): Promise<void> {
  const which = sql`(${channel} = any(channels) or fall_back ->> 'channel' = ${channel})`;
  const own = sentence === null ? sql`not starts_with(failure, ${UNPREPARED})` : sql`true`;
  await note(tx, ctx, { which: sql`${which} and ${own}`, sentence });
}

/** Shows on an active campaign that messages of this run of it cannot be prepared (`why`: words for brackets), and wait. */
export async function noteUnprepared(ctx: Context, runNumber: number, why: string | null): Promise<void> {
  const sentence = `${UNPREPARED}${why === null ? "" : ` (${why})`}, so they wait; nothing was lost. Whoever runs this installation finds the reason in the worker’s log, ${aboutRun(runNumber)}`;
  await withTransaction(ctx, (tx) => note(tx, ctx, { which: campaignOf(runNumber), sentence }));
}

/** Takes that back; anything else that the campaign says stays. */
export async function notePrepared(ctx: Context, runNumber: number): Promise<void> {
  const ours = sql`starts_with(failure, ${UNPREPARED}) and right(failure, ${aboutRun(runNumber).length + 1}) = ${` ${aboutRun(runNumber)}`}`;
  await withTransaction(ctx, (tx) =>
    note(tx, ctx, { which: sql`${campaignOf(runNumber)} and ${ours}`, sentence: null }),
  );
}

const campaignOf = (runNumber: number): SQL =>
  sql`id = (select campaign_id from campaign_runs where number = ${runNumber})`;

async function note(
  tx: Transaction,
  ctx: Context,
  { which, sentence }: { which: SQL; sentence: string | null },
): Promise<void> {
  const changed = await tx.execute<{ id: string }>(sql`
    with told as (
      select id from campaigns where ${which} and workspace_id = ${ctx.workspaceId} and status = 'active'
        and failure is distinct from ${sentence} order by id for no key update)
    update campaigns c set failure = ${sentence} from told where c.id = told.id returning c.id`);
  if (changed.length === 0) return;
  // All at once: one after the other they would be locked in another order than everybody's.
  await bumpTopics(tx, ctx, "campaigns", ...changed.map(({ id }) => `campaign:${id}`));
}
