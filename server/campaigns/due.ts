import { sql } from "drizzle-orm";
import { withTransaction } from "@/db/transaction";

/** Of launches and of ends: together fewer than the 200 steps of a workflow. The next minute takes the rest. */
const MOST = 90;

/** What has come for a campaign: its time to launch, or the end of its period. */
export type DueCampaign = { workspaceId: string; campaignId: string; what: "launch" | "end"; key: string };

/** Campaigns in every workspace whose time has come. */
export async function dueCampaigns(): Promise<DueCampaign[]> {
  const rows = await withTransaction({ workspaceId: null }, (tx) =>
    tx.execute<{ workspace_id: string; campaign_id: string; what: DueCampaign["what"]; key: string }>(
      sql`select workspace_id, campaign_id, what, key from campaigns_due(${MOST})`,
    ),
  );
  return rows.map(({ workspace_id, campaign_id, what, key }) => ({
    workspaceId: workspace_id,
    campaignId: campaign_id,
    what,
    key,
  }));
}
