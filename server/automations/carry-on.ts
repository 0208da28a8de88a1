import { sql } from "drizzle-orm";
import { withTransaction } from "@/db/transaction";
import { getCampaign } from "@/server/campaigns";
import { campaignEditors } from "@/server/campaigns/status";
import { enqueue } from "@/server/jobs/enqueue";
import { recordAudit } from "@/server/platform/audit";
import { type Context, requireRole } from "@/server/platform/context";
import { AppError, required } from "@/server/platform/errors";
import { bumpTopics } from "@/server/platform/realtime";
import { type EntryKey, endEntry, lockEntry } from "./entry";

/** Begins the next workflow run of a long sequence: one run has a limited number of steps. */
export async function continueEntry(ctx: Context, key: EntryKey, part: number): Promise<void> {
  await withTransaction(ctx, async (tx) => {
    const entry = required(await lockEntry(tx, ctx, key), "entry");
    const { campaignId, customerId, runNumber, seq } = entry;
    const data = { campaignId, customerId, runNumber, seq, part, entry: `${runNumber}:${seq}` };
    await enqueue(tx, ctx, "automation/entered", data, `${runNumber}:${seq}:${part}`);
  });
}

/** The workflow gave up: the entry stays where it is, with the reason, until somebody has it tried again. */
export async function failEntry(ctx: Context, key: EntryKey, reason: string): Promise<void> {
  await withTransaction(ctx, async (tx) => {
    const entry = await lockEntry(tx, ctx, key);
    if (entry?.status !== "inside") return;
    await endEntry(tx, entry, { status: "failed", reason: reason.slice(0, 500) });
    await bumpTopics(tx, ctx, `campaign:${entry.campaignId}`);
  });
}

/**
 * Takes failed entries of a campaign up again at the step where they failed. Returns how many. @throws AppError FORBIDDEN,
 * NOT_FOUND, CONFLICT when the campaign is over
 */
export async function retryEntries(ctx: Context, input: { id: string }): Promise<{ retried: number }> {
  requireRole(ctx, ...campaignEditors);
  const { id } = input;
  const campaign = await getCampaign(ctx, { id });
  if (campaign.status !== "active" && campaign.status !== "paused")
    throw new AppError("CONFLICT", "The campaign is over: nobody goes on in it.");
  return withTransaction(ctx, async (tx) => {
    const rows = await tx.execute<{ runNumber: number; seq: number; customerId: string; stamp: string }>(sql`
      with failed as (
        select run_number, seq from automation_entries where campaign_id = ${id} and workspace_id = ${ctx.workspaceId}
          and status = 'failed' order by run_number, seq limit 1000 for update),
      opened as (
        update campaign_runs set live = true where number in (select run_number from failed) and status = 'active')
      update automation_entries e set status = 'inside', reason = null, ended_at = null from failed f
      where e.run_number = f.run_number and e.seq = f.seq
      returning e.run_number::int as "runNumber", e.seq, e.customer_id as "customerId", clock_now()::text as stamp`);
    for (const { runNumber, seq, customerId, stamp } of rows) {
      const data = { campaignId: id, customerId, runNumber, seq, part: 1, entry: `${runNumber}:${seq}` };
      await enqueue(tx, ctx, "automation/entered", data, `${runNumber}:${seq}:retry:${stamp}`);
    }
    await recordAudit(tx, ctx, {
      action: "automation.retried",
      subjectType: "campaign",
      subjectId: id,
      after: { entries: rows.length },
    });
    await bumpTopics(tx, ctx, `campaign:${id}`);
    return { retried: rows.length };
  });
}
