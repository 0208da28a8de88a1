import { sql } from "drizzle-orm";
import { campaigns } from "@/db/schema/campaigns";
import { withTransaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { required } from "@/server/platform/errors";
import { bumpTopics } from "@/server/platform/realtime";
import { campaignTopics, oneCampaign, requireVerb } from "./transition";

/** Stops a check that runs in the background; what it has found so far stays. @throws AppError FORBIDDEN, NOT_FOUND */
export async function cancelCheck(ctx: Context, { id }: { id: string }): Promise<void> {
  requireVerb(ctx, "update");
  await withTransaction(ctx, async (tx) => {
    const [found] = await tx
      .select({ id: campaigns.id })
      .from(campaigns)
      .where(oneCampaign(ctx, id, "update"));
    const campaign = required(found, "campaign");
    await tx.execute(sql`
      update campaign_checks set status = 'cancelled', finished_at = clock_now()
      where campaign_id = ${campaign.id} and status = 'running'`);
    await bumpTopics(tx, ctx, ...campaignTopics(id));
  });
}
