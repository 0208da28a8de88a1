import { withTransaction } from "@/db/transaction";
import { requireCampaignReader } from "@/server/deliveries";
import type { Context } from "@/server/platform/context";
import { parseId } from "@/server/platform/ids";
import { countArms } from "./count-arms";
import { findTest } from "./find-test";
import { judgeTest } from "./judge-test";

/**
 * The test of a campaign's latest run that has one: its variants with how many each has and how they do, what the sequential
 * test says, and what was chosen. Null without one. @throws AppError FORBIDDEN, NOT_FOUND
 */
export async function getTest(ctx: Context, input: { campaignId: string }) {
  const campaignId = parseId(input.campaignId);
  return withTransaction(ctx, async (tx) => {
    await requireCampaignReader(tx, ctx, campaignId);
    const test = await findTest(tx, ctx, { campaignId });
    const rules = test?.content.abTest;
    if (!test || !rules) return null;
    const { content, until, chosenAt, restBegunAt, ownerId: _, over: __, ...others } = test;
    const arms = await countArms(tx, ctx, {
      runNumber: test.runNumber,
      metric: rules.metric,
      variants: content.variants.length,
    });
    return {
      ...others,
      rules,
      until: instant(until),
      chosenAt: instant(chosenAt),
      restBegunAt: instant(restBegunAt),
      verdict: judgeTest({ ...test, arms }),
      variants: content.variants.map(({ name, share }, nth) => {
        const { sent = 0, delivered = 0, did = 0 } = arms[nth] ?? {};
        return {
          ...{ name, share, assigned: test.assigned[nth] ?? 0, sent, delivered, did },
          /** A fraction; null before anything was delivered. */
          rate: delivered === 0 ? null : did / delivered,
        };
      }),
    };
  });
}
const instant = (text: string | null): Date | null => (text === null ? null : new Date(text));

export type RunTest = NonNullable<Awaited<ReturnType<typeof getTest>>>;
