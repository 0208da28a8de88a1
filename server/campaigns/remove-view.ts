import { and, eq } from "drizzle-orm";
import { campaignViews } from "@/db/schema/campaigns";
import { withTransaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { required } from "@/server/platform/errors";
import { parseId } from "@/server/platform/ids";
import { requireReader } from "./transition";
import { memberOf } from "./views";

/** Forgets a view of the member's own. @throws AppError FORBIDDEN, NOT_FOUND */
export async function removeView(ctx: Context, { viewId }: { viewId: string }): Promise<void> {
  requireReader(ctx);
  await withTransaction(ctx, async (tx) => {
    const [gone] = await tx
      .delete(campaignViews)
      .where(
        and(
          eq(campaignViews.workspaceId, ctx.workspaceId),
          eq(campaignViews.membershipId, memberOf(ctx)),
          eq(campaignViews.id, parseId(viewId)),
        ),
      )
      .returning({ id: campaignViews.id });
    required(gone, "view");
  });
}
