import { sql } from "drizzle-orm";
import { withTransaction } from "@/db/transaction";
import { requireCampaignReader } from "@/server/deliveries";
import type { Context } from "@/server/platform/context";
import { parseId } from "@/server/platform/ids";

/** People who opened and clicked for the first time within an hour of the day, on the workspace's clock. */
export type HourOfDay = { hour: number; opened: number; clicked: number };

/** At which hours of the day a campaign's messages were read: all 24 of them. @throws AppError FORBIDDEN, NOT_FOUND */
export async function campaignHours(
  ctx: Context,
  { campaignId: asked }: { campaignId: string },
): Promise<HourOfDay[]> {
  const campaignId = parseId(asked);
  return withTransaction(ctx, async (tx) => {
    await requireCampaignReader(tx, ctx, campaignId);
    const rows = await tx.execute<HourOfDay>(sql`
      with read as (
        select extract(hour from r.bucket at time zone w.time_zone)::int as hour, sum(r.opened)::int as opened,
          sum(r.clicked)::int as clicked
        from run_rollups r join workspaces w on w.id = r.workspace_id
        where r.workspace_id = ${ctx.workspaceId} and r.campaign_id = ${campaignId} group by 1)
      select h.hour, coalesce(read.opened, 0) as opened, coalesce(read.clicked, 0) as clicked
      from generate_series(0, 23) as h (hour) left join read using (hour) order by 1`);
    return [...rows];
  });
}
