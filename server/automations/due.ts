import { sql } from "drizzle-orm";
import { withTransaction } from "@/db/transaction";

export type DueAutomations = { workspaceId: string; campaignIds: string[] };

/** Running automations of every workspace that days, scores or segments bring about. */
export async function dueAutomations(): Promise<DueAutomations[]> {
  const rows = await withTransaction({ workspaceId: null }, (tx) =>
    tx.execute<{ workspace_id: string; campaign_ids: string[] }>(sql`select * from automations_to_look_at()`),
  );
  return rows.map(({ workspace_id, campaign_ids }) => ({
    workspaceId: workspace_id,
    campaignIds: campaign_ids,
  }));
}
