import { withTransaction } from "@/db/transaction";
import { campaignBuilders } from "@/server/campaigns/status";
import { type Context, requireRole } from "@/server/platform/context";
import { AppError, required } from "@/server/platform/errors";
import { findTest } from "./find-test";
import { type ChooseInput, chooseInput } from "./schemas";
import { settleChoice } from "./settle-choice";
import { variantName } from "./status";

/**
 * Chooses a run's winner by hand, whatever its rule says and the figures show; the rest gets it. Before anything was chosen
 * or over an earlier choice, until the rest is on its way. @throws AppError BAD_INPUT, CONFLICT, FORBIDDEN, NOT_FOUND
 */
export async function chooseVariant(ctx: Context, input: ChooseInput): Promise<void> {
  requireRole(ctx, ...campaignBuilders);
  const { campaignId, runNumber, variant, reason } = chooseInput.parse(input);
  await withTransaction(ctx, async (tx) => {
    // An advisor who approves may read the tests of others, and chooses in own campaigns only.
    const found = await findTest(tx, { ...ctx, isApprover: false }, { runNumber }, { lock: true });
    const test = required(found?.campaignId === campaignId ? found : null, "test");
    if (!test.content.variants[variant])
      throw new AppError("BAD_INPUT", "This test has no such variant. Choose one of those that it shows.", {
        field: "variant",
      });
    if (test.restSize > 0 && test.restBegunAt !== null)
      throw new AppError(
        "CONFLICT",
        `The rest is on its way with variant ${variantName(test.chosen ?? 0)} already. What was sent cannot be taken back.`,
        { code: "rest_begun" },
      );
    if (test.restSize > 0 && test.campaignStatus !== "active" && test.campaignStatus !== "paused")
      throw new AppError("CONFLICT", "The campaign has ended, so nothing of it is sent any more.", {
        code: "wrong_status",
        status: test.campaignStatus,
      });
    await settleChoice(tx, ctx, { test, variant, how: "hand", reason });
  });
}
