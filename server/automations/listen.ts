import { and, eq, sql } from "drizzle-orm";
import { automations, automationTriggers } from "@/db/schema/automations";
import type { Transaction } from "@/db/transaction";
import { clockNow } from "@/server/platform/clock";
import type { Context } from "@/server/platform/context";
import { trackSegments } from "@/server/segments";
import { type Automated, listensTo } from "./schemas";

type Version = {
  campaignId: string;
  audience: typeof automations.$inferInsert.audience;
  schedule: Automated;
  runNumber: number;
  version: number;
};

/**
 * From now on this version of an automated campaign lets customers in. The first one begins to listen at this moment; a later
 * one takes over where the one before it is.
 */
export async function listen(tx: Transaction, ctx: Context, of: Version): Promise<void> {
  const { campaignId, audience, schedule, runNumber, version } = of;
  const { time, clock, againHours, eachPolicy, triggers } = schedule;
  const follows = schedule.steps.length > 0;
  const now = { runNumber, version, audience, time, clock, againHours, eachPolicy, follows };
  await tx
    .insert(automations)
    .values({ campaignId, workspaceId: ctx.workspaceId, ...now })
    .onConflictDoUpdate({ target: automations.campaignId, set: now });
  // Earlier versions are over as soon as nobody is inside any more.
  await tx.execute(sql`
    update campaign_runs r set live = false
    where r.campaign_id = ${campaignId} and r.number <> ${runNumber} and r.live and not exists (
      select from automation_entries e where e.run_number = r.number and e.status = 'inside')`);
  await tx.delete(automationTriggers).where(eq(automationTriggers.campaignId, campaignId));
  await tx.insert(automationTriggers).values(
    triggers.map((trigger, place) => ({
      campaignId,
      place,
      workspaceId: ctx.workspaceId,
      listens: listensTo(trigger),
      trigger,
    })),
  );
  await trackSegments(
    tx,
    ctx,
    triggers.flatMap((trigger) => (trigger.on === "segment" ? [trigger.segment] : [])),
  );
}

/** After a pause: what happened meanwhile starts nothing, and days that passed are not made up for. */
export async function listenAgain(tx: Transaction, ctx: Context, campaignId: string): Promise<void> {
  await tx
    .update(automations)
    .set({ listensSince: clockNow, lookedUntil: clockNow })
    .where(and(eq(automations.workspaceId, ctx.workspaceId), eq(automations.campaignId, campaignId)));
}
