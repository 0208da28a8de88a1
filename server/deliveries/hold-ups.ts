import { sql } from "drizzle-orm";
import { withTransaction } from "@/db/transaction";
import { hasInstallationSmtp } from "@/server/channels";
import type { Channel } from "@/server/channels/status";
import type { Context } from "@/server/platform/context";
import { required } from "@/server/platform/errors";
import { parseId } from "@/server/platform/ids";
import { requireCampaignReader } from "./require-reader";

/** What a campaign waits for, outside itself. */
export type HoldUps = {
  /** Since when all sending of the workspace is stopped; null while it goes on. */
  stoppedAt: string | null;
  /** The accounts that carry its channels and are paused. `sentence`: what is wrong; null when a person paused it. */
  accounts: { id: string; channel: Channel; name: string; sentence: string | null; at: string }[];
};

type Row = { stoppedAt: string | null; accounts: HoldUps["accounts"] };

/**
 * Why nothing of a campaign goes although it is active: a paused account, or the emergency stop.
 * @throws AppError FORBIDDEN; NOT_FOUND
 */
export async function findHoldUps(ctx: Context, campaignId: string): Promise<HoldUps> {
  const [row] = await withTransaction(ctx, async (tx) => {
    await requireCampaignReader(tx, ctx, campaignId);
    return tx.execute<Row>(sql`
      select to_json(w.sending_stopped_at) #>> '{}' as "stoppedAt",
        coalesce(jsonb_agg(jsonb_build_object('id', a.id, 'channel', a.channel, 'name', a.name, 'sentence', a.trouble,
          'at', coalesce(a.trouble_at, a.updated_at)) order by a.channel) filter (where a.id is not null), '[]') as accounts
      from campaigns c join workspaces w on w.id = c.workspace_id
      left join channel_accounts a on a.workspace_id = c.workspace_id and a.status = 'paused'
        and (a.channel = any(c.channels) or a.channel = c.fall_back ->> 'channel')
        and a.id = carrying_account(a.workspace_id, a.channel, ${hasInstallationSmtp()})
      where c.id = ${parseId(campaignId)} and c.workspace_id = ${ctx.workspaceId}
      group by w.sending_stopped_at`);
  });
  return required(row, "campaign");
}
