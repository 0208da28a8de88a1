import { withTransaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { recordReview } from "./reviews";
import { moveCampaign } from "./transition";

/** Takes a request for approval back: the campaign is a draft again. @throws AppError CONFLICT unless it is in review; FORBIDDEN; NOT_FOUND */
export async function withdrawCampaign(ctx: Context, { id }: { id: string }): Promise<void> {
  await withTransaction(ctx, async (tx) => {
    const campaign = await moveCampaign(tx, ctx, { id, verb: "withdraw", set: { submittedBy: null } });
    await recordReview(tx, ctx, { campaign, act: "withdrawn", comment: "" });
  });
}
