import { sql } from "drizzle-orm";
import { type Transaction, withTransaction } from "@/db/transaction";
import { notify } from "@/server/notifications";
import type { Context } from "@/server/platform/context";
import { bumpTopics } from "@/server/platform/realtime";
import { countArms } from "./count-arms";
import { type FoundTest, findTest } from "./find-test";
import { judgeTest } from "./judge-test";
import { settleChoice } from "./settle-choice";
import { variantName } from "./status";

export type TestOutcome = "not_yet" | "chosen" | "undecided" | "not_due";

/**
 * Looks at a run's test: where its rule lets it, the sequential test may name the winner at any moment. When its time is over
 * without one, the rest gets the first variant; where nobody waits, it stays undecided. While the campaign is paused or over,
 * nothing is chosen for those who wait.
 */
export function decideTest(ctx: Context, { runNumber }: { runNumber: number }): Promise<TestOutcome> {
  return withTransaction(ctx, async (tx) => {
    const test = await findTest(tx, ctx, { runNumber }, { lock: true });
    const rules = test?.content.abTest;
    if (!test || !rules || test.state !== "open") return "not_due";
    if (test.restSize > 0 && test.campaignStatus !== "active") return "not_due";
    if (rules.winner === "auto") {
      const arms = await countArms(tx, ctx, {
        runNumber,
        metric: rules.metric,
        variants: test.content.variants.length,
      });
      const verdict = judgeTest({ ...test, arms });
      if (verdict.kind === "winner") {
        await settleChoice(tx, ctx, { test, variant: verdict.arm, how: "test" });
        await tellOwner(
          tx,
          ctx,
          test,
          `Variant ${variantName(verdict.arm)} won the test of a campaign of yours.`,
        );
        return "chosen";
      }
    }
    if (!test.over) return "not_yet";
    if (test.restSize > 0) {
      await settleChoice(tx, ctx, { test, variant: 0, how: "time" });
      await tellOwner(tx, ctx, test, "A test ended without a winner: the rest gets variant A.");
      return "chosen";
    }
    await tx.execute(sql`update run_tests set state = 'undecided' where run_number = ${runNumber}`);
    await bumpTopics(tx, ctx, "campaigns", `campaign:${test.campaignId}`);
    return "undecided";
  });
}

async function tellOwner(tx: Transaction, ctx: Context, test: FoundTest, text: string): Promise<void> {
  const { campaignId, runNumber, ownerId } = test;
  const members = await tx.execute<{ id: string }>(sql`
    select id from memberships where workspace_id = ${ctx.workspaceId} and user_id = ${ownerId} and status = 'active'`);
  await notify(
    tx,
    ctx,
    members.map(({ id }) => id),
    {
      kind: "campaign.variant_chosen",
      subjectType: "campaign",
      subjectId: campaignId,
      text,
      key: `campaign.variant_chosen:${runNumber}`,
    },
  );
}
