import { sql } from "drizzle-orm";
import { withTransaction } from "@/db/transaction";
import { campaignEditors } from "@/server/campaigns/status";
import { recordAudit } from "@/server/platform/audit";
import { type Context, requireRole } from "@/server/platform/context";
import { AppError, required } from "@/server/platform/errors";
import { parseId } from "@/server/platform/ids";
import { parseMoney } from "@/server/platform/money";
import { bumpTopics } from "@/server/platform/realtime";
import { type EconomicsInput, economicsInput, marginOf } from "./schemas";

type Before = { fixedCost: string | null; margin: number | null };

/**
 * Sets what a campaign costs beside its messages and which share of its revenue stays; ROI and break-even follow at once.
 * @throws AppError FORBIDDEN, NOT_FOUND, BAD_INPUT
 */
export async function changeEconomics(ctx: Context, input: EconomicsInput): Promise<void> {
  requireRole(ctx, ...campaignEditors);
  const { campaignId: asked, fixedCost, margin } = economicsInput.parse(input);
  const campaignId = parseId(asked);
  const micros = fixedCost === "" ? 0n : parseMoney(fixedCost);
  if (micros === null)
    throw new AppError("BAD_INPUT", "Write the amount in figures, like 12,500 or 12500.50.", {
      field: "fixedCost",
    });
  await withTransaction(ctx, async (tx) => {
    const [found] = await tx.execute<Before>(sql`
      select k.fixed_cost_micros::text as "fixedCost", k.margin from campaigns c
      left join campaign_economics k on k.campaign_id = c.id
      where c.id = ${campaignId} and c.workspace_id = ${ctx.workspaceId}`);
    const before = required(found, "campaign");
    const after = { fixedCost: micros.toString(), margin: marginOf(margin) };
    await tx.execute(sql`
      insert into campaign_economics (campaign_id, workspace_id, fixed_cost_micros, margin)
      values (${campaignId}, ${ctx.workspaceId}, ${after.fixedCost}, ${after.margin})
      on conflict (campaign_id) do update set fixed_cost_micros = excluded.fixed_cost_micros, margin = excluded.margin,
        updated_at = clock_now()`);
    await recordAudit(tx, ctx, {
      action: "campaign.economics_changed",
      subjectType: "campaign",
      subjectId: campaignId,
      before,
      after,
    });
    await bumpTopics(tx, ctx, `campaign:${campaignId}`);
  });
}
