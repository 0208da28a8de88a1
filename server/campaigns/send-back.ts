import { eq } from "drizzle-orm";
import type { z } from "zod";
import { campaigns } from "@/db/schema/campaigns";
import { withTransaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { recordReview, requireOther } from "./reviews";
import { sendBackInput } from "./schemas";
import { moveCampaign } from "./transition";

/**
 * Returns a campaign to its people with a comment on what should change: it is a draft again.
 * @throws AppError FORBIDDEN for who is no approver, and with `own_campaign` for the owner and whoever asked; BAD_INPUT; CONFLICT; NOT_FOUND
 */
export async function sendBackCampaign(ctx: Context, input: z.input<typeof sendBackInput>): Promise<void> {
  const { id, version, comment } = sendBackInput.parse(input);
  await withTransaction(ctx, async (tx) => {
    const campaign = await moveCampaign(tx, ctx, {
      id,
      verb: "sendBack",
      set: { approvedVersion: null },
      only: eq(campaigns.version, version),
    });
    requireOther(ctx, campaign);
    await recordReview(tx, ctx, { campaign, act: "returned", comment });
  });
}
