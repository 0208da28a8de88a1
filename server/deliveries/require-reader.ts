import { sql } from "drizzle-orm";
import type { Transaction } from "@/db/transaction";
import { mayReadCampaigns } from "@/server/campaigns/status";
import type { Context } from "@/server/platform/context";
import { AppError, notFound } from "@/server/platform/errors";
import { parseId } from "@/server/platform/ids";

/** Lets the system and those who may look at campaigns pass. @throws AppError FORBIDDEN with who can */
export function requireReader(ctx: Context): void {
  if (ctx.actor.kind === "system" || mayReadCampaigns(ctx)) return;
  throw new AppError(
    "FORBIDDEN",
    "Deliveries are open to marketers, advisors, supervisors, approvers and administrators. Ask an administrator of this workspace.",
  );
}

/**
 * The same for one campaign's messages: those of a campaign of this workspace, for an advisor of an own one.
 * @throws AppError FORBIDDEN, NOT_FOUND
 */
export async function requireCampaignReader(
  tx: Transaction,
  ctx: Context,
  campaignId: string,
): Promise<void> {
  requireReader(ctx);
  const onlyOwn = ctx.role === "advisor" && !ctx.isApprover;
  const found = await tx.execute(sql`
    select from campaigns where id = ${parseId(campaignId)} and workspace_id = ${ctx.workspaceId}
      and ${onlyOwn ? sql`owner_id = ${ctx.userId}` : sql`true`}`);
  if (found.length === 0) throw notFound("campaign");
}
