import type { Sql } from "postgres";
import { withHotTransaction, withTransaction } from "@/db/transaction";
import { lockTracking } from "@/server/deliveries";
import { recordAudit } from "@/server/platform/audit";
import { type Context, requireRole } from "@/server/platform/context";
import { required } from "@/server/platform/errors";
import { parseId } from "@/server/platform/ids";
import { bumpTopics } from "@/server/platform/realtime";
import { reclassifyEvents } from "./reclassify-events";

const CHUNK = 500;

/**
 * Applies today's rules to every stored open and click of a campaign and recounts its roll-ups from the rows. For when the
 * rules changed; running it again changes nothing. Returns how many rows changed. @throws AppError NOT_FOUND, FORBIDDEN
 */
export async function reclassifyCampaign(
  ctx: Context,
  input: { campaignId: string },
): Promise<{ changed: number }> {
  requireRole(ctx, "admin");
  const campaignId = parseId(input.campaignId);
  const runs = await withHotTransaction(ctx.workspaceId, async (sql) => {
    const [campaign] = await sql`select 1 from campaigns where id = ${campaignId}`;
    required(campaign, "campaign");
    return sql<{ part: number; runNumber: number }[]>`
      select part, number as "runNumber" from campaign_runs
      where campaign_id = ${campaignId} and part is not null order by number`;
  });
  let changed = 0;
  for (const { part, runNumber } of runs)
    changed += await reclassifyRun(ctx.workspaceId, { part, runNumber: Number(runNumber) });
  await withTransaction(ctx, async (tx) => {
    await recordAudit(tx, ctx, {
      action: "tracking.reclassified",
      subjectType: "campaign",
      subjectId: campaignId,
      after: { changed },
    });
    await bumpTopics(tx, ctx, `campaign:${campaignId}`);
  });
  return { changed };
}

async function reclassifyRun(workspaceId: string, run: { part: number; runNumber: number }): Promise<number> {
  let changed = 0;
  let after = 0;
  for (;;) {
    const chunk = await withHotTransaction(workspaceId, async (sql) => {
      await lockTracking(sql, run.runNumber, true);
      const seqs = await nextSeqs(sql, run, after);
      return { last: seqs.at(-1), changed: await reclassifyEvents(sql, run, seqs) };
    });
    changed += chunk.changed;
    if (chunk.last === undefined) break;
    after = chunk.last;
  }
  await withHotTransaction(workspaceId, (sql) => recount(sql, run));
  return changed;
}

async function nextSeqs(
  sql: Sql,
  run: { part: number; runNumber: number },
  after: number,
): Promise<number[]> {
  const rows = await sql<{ seq: number }[]>`
    select distinct seq from delivery_events
    where part = ${run.part} and run_number = ${run.runNumber} and seq > ${after} and kind in ('opened', 'clicked')
    order by seq limit ${CHUNK}`;
  return rows.map((row) => row.seq);
}

/** Heals whatever the increments may have missed: the tracked columns become a count of the `first` rows. */
async function recount(sql: Sql, run: { part: number; runNumber: number }): Promise<void> {
  await lockTracking(sql, run.runNumber, true);
  await sql`
    update run_rollups set opened = 0, clicked = 0, unsubscribed = 0
    where run_number = ${run.runNumber} and (opened, clicked, unsubscribed) <> (0, 0, 0)`;
  await sql`
    insert into run_rollups
      (workspace_id, run_number, campaign_id, bucket, channel, variant, opened, clicked, unsubscribed)
    select e.workspace_id, e.run_number, r.campaign_id, date_bin('15 minutes', d.occurred_at, 'epoch'::timestamptz) as bucket,
      e.channel, e.variant, count(*) filter (where d.kind = 'opened'), count(*) filter (where d.kind = 'clicked'),
      count(*) filter (where d.kind = 'unsubscribed')
    from delivery_events d
    join executions e on e.part = d.part and e.run_number = d.run_number and e.seq = d.seq
    join campaign_runs r on r.number = e.run_number
    where d.part = ${run.part} and d.run_number = ${run.runNumber} and d.first
      and d.kind in ('opened', 'clicked', 'unsubscribed')
    group by 1, 2, 3, 4, 5, 6
    order by bucket, e.channel, e.variant
    on conflict (workspace_id, run_number, bucket, channel, variant) do update
      set opened = excluded.opened, clicked = excluded.clicked, unsubscribed = excluded.unsubscribed`;
}
