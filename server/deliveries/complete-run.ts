import { sql } from "drizzle-orm";
import { withTransaction } from "@/db/transaction";
import { recordAudit } from "@/server/platform/audit";
import type { Context } from "@/server/platform/context";
import { bumpTopics } from "@/server/platform/realtime";

/**
 * Completes a run, and its campaign with its last one, when nothing is pending, held, sending or retrying, and
 * nothing waits for a receipt before it goes by another channel or for the winner of a test; a version of an automation that
 * still lets customers in has always something to come, and so has what carries answers to customers. Returns whether
 * it is complete now. Messages whose outcome is unknown do not hold it back: they are listed for a person.
 */
export function completeRun(ctx: Context, { runNumber }: { runNumber: number }): Promise<boolean> {
  return withTransaction(ctx, async (tx) => {
    const [run] = await tx.execute<{ status: string; campaignId: string; campaignStatus: string }>(sql`
      select r.status, r.campaign_id as "campaignId", c.status as "campaignStatus"
      from campaign_runs r join campaigns c on c.id = r.campaign_id
      where r.number = ${runNumber} and r.workspace_id = ${ctx.workspaceId} for update of r, c`);
    if (run?.status === "completed") return true;
    if (run?.status !== "active" || run.campaignStatus !== "active") return false;
    const completed = await tx.execute(sql`
      update campaign_runs r set status = 'completed', completed_at = clock_now()
      where r.number = ${runNumber} and r.status = 'active'
        and not r.live
        and not exists (select from execution_batches b where b.run_number = r.number and b.status = 'open')
        and not exists (select from executions_due d where d.run_number = r.number)
        and not exists (select from fall_backs_due f where f.run_number = r.number)
        and not exists (select from run_tests t where t.run_number = r.number and t.rest_size > 0 and t.rest_begun_at is null)
      returning r.number`);
    if (completed.length === 0) return false;
    const ended = await tx.execute(sql`
      update campaigns c set status = 'completed', completed_at = clock_now(), updated_at = clock_now(), failure = null
      where c.id = ${run.campaignId} and c.status = 'active' and c.due_at is null and not c.answers
        and not exists (select from campaign_runs r where r.campaign_id = c.id and r.status in ('freezing', 'active'))
      returning c.id`);
    if (ended.length > 0)
      await recordAudit(tx, ctx, {
        action: "campaign.completed",
        subjectType: "campaign",
        subjectId: run.campaignId,
        before: { status: "active" },
        after: { status: "completed" },
      });
    await bumpTopics(tx, ctx, "campaigns", `campaign:${run.campaignId}`);
    return true;
  });
}
