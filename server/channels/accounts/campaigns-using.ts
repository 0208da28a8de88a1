import { sql } from "drizzle-orm";
import type { Transaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { hasInstallationSmtp } from "./account-for";

export type CampaignUse = { id: string; name: string; status: string };

/** More than this are not named. */
const MOST = 50;

/**
 * Campaigns that are under way and go through an account: those on the channel that it carries, and those whose WhatsApp
 * text is one of its templates.
 */
export async function campaignsUsing(
  tx: Transaction,
  ctx: Context,
  { id, channel }: { id: string; channel: string },
): Promise<CampaignUse[]> {
  const rows = await tx.execute<CampaignUse>(sql`
    select c.id, c.name, c.status from campaigns c
    where c.workspace_id = ${ctx.workspaceId} and c.status in ('in_review', 'scheduled', 'active', 'paused')
      and ((${id} = carrying_account(c.workspace_id, ${channel}, ${hasInstallationSmtp()})
          and (${channel} = any(c.channels) or c.fall_back ->> 'channel' = ${channel}))
        or exists (select from whatsapp_templates t where t.workspace_id = c.workspace_id and t.account_id = ${id}
          and position(t.id::text in (c.bodies -> 'whatsapp')::text) > 0))
    order by c.id desc limit ${MOST}`);
  return [...rows];
}
