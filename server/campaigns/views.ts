import { and, asc, eq } from "drizzle-orm";
import { campaignViews } from "@/db/schema/campaigns";
import type { Transaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { AppError } from "@/server/platform/errors";

export type CampaignView = { id: string; name: string; query: string };

/** Whose views they are: they belong to a member of the workspace, and nobody else reads them. @throws AppError FORBIDDEN */
export function memberOf(ctx: Context): string {
  if (ctx.membershipId) return ctx.membershipId;
  throw new AppError("FORBIDDEN", "Views belong to a member of the workspace.");
}

/** The member's own views, by name. */
export function readViews(tx: Transaction, ctx: Context): Promise<CampaignView[]> {
  return tx
    .select({ id: campaignViews.id, name: campaignViews.name, query: campaignViews.query })
    .from(campaignViews)
    .where(and(eq(campaignViews.workspaceId, ctx.workspaceId), eq(campaignViews.membershipId, memberOf(ctx))))
    .orderBy(asc(campaignViews.name));
}
