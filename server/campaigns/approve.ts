import { eq } from "drizzle-orm";
import type { z } from "zod";
import { campaigns } from "@/db/schema/campaigns";
import { withTransaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { recordReview, requireOther } from "./reviews";
import { submitInput } from "./schemas";
import { moveCampaign } from "./transition";

/**
 * Approves the version that the approver looked at: it can be launched or scheduled as it stands, and any edit voids it.
 * @throws AppError FORBIDDEN for who is no approver, and with `own_campaign` for the owner and whoever asked; CONFLICT; NOT_FOUND
 */
export async function approveCampaign(ctx: Context, input: z.input<typeof submitInput>): Promise<void> {
  const { id, version, comment } = submitInput.parse(input);
  await withTransaction(ctx, async (tx) => {
    const campaign = await moveCampaign(tx, ctx, {
      id,
      verb: "approve",
      set: { approvedVersion: version },
      only: eq(campaigns.version, version),
    });
    requireOther(ctx, campaign);
    await recordReview(tx, ctx, { campaign, act: "approved", comment });
  });
}
