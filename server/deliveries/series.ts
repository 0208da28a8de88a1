import { sql } from "drizzle-orm";
import { withTransaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { parseId } from "@/server/platform/ids";
import { requireCampaignReader } from "./require-reader";

/** What happened to a campaign's messages in one quarter of an hour (UTC). */
export type SeriesPoint = {
  bucket: Date;
  sent: number;
  delivered: number;
  failed: number;
  skipped: number;
  opened: number;
  clicked: number;
};

/** A campaign's course in 15-minute buckets, oldest first; quarters in which nothing happened are left out. */
export function runSeries(ctx: Context, { campaignId }: { campaignId: string }): Promise<SeriesPoint[]> {
  return withTransaction(ctx, async (tx) => {
    await requireCampaignReader(tx, ctx, campaignId);
    const rows = await tx.execute<SeriesPoint>(sql`
      select bucket, sum(sent)::int as sent, sum(delivered)::int as delivered, sum(failed)::int as failed,
        sum(skipped)::int as skipped, sum(opened)::int as opened, sum(clicked)::int as clicked
      from run_rollups where campaign_id = ${parseId(campaignId)} and workspace_id = ${ctx.workspaceId}
      group by bucket order by bucket`);
    return rows.map((row) => ({ ...row, bucket: new Date(row.bucket) }));
  });
}
