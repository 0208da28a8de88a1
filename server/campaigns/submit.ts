import { eq } from "drizzle-orm";
import type { z } from "zod";
import { campaigns } from "@/db/schema/campaigns";
import { withTransaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { ownerOf } from "./create";
import { refuseUnsendable } from "./refuse-unsendable";
import { recordReview } from "./reviews";
import { submitInput } from "./schemas";
import { moveCampaign } from "./transition";

/**
 * Asks for approval of the draft at the version that the person saw; it cannot be edited until it is decided or taken back.
 * Every approver who may decide is told. @throws AppError CONFLICT with `stale_version` or `wrong_status`; BAD_INPUT with the
 * `field` that keeps it from being sent; FORBIDDEN; NOT_FOUND
 */
export async function submitCampaign(ctx: Context, input: z.input<typeof submitInput>): Promise<void> {
  const { id, version, comment } = submitInput.parse(input);
  await withTransaction(ctx, async (tx) => {
    const campaign = await moveCampaign(tx, ctx, {
      id,
      verb: "submit",
      set: { submittedBy: ownerOf(ctx) },
      only: eq(campaigns.version, version),
    });
    await refuseUnsendable(tx, ctx, campaign);
    await recordReview(tx, ctx, { campaign, act: "submitted", comment });
  });
}
