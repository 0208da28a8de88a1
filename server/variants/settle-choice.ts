import { sql } from "drizzle-orm";
import type { Transaction } from "@/db/transaction";
import { enqueue } from "@/server/jobs/enqueue";
import { recordAudit } from "@/server/platform/audit";
import type { Context } from "@/server/platform/context";
import { bumpTopics } from "@/server/platform/realtime";
import { countArms } from "./count-arms";
import type { FoundTest } from "./find-test";
import { type ChosenHow, type Evidence, variantName } from "./status";

type Choice = { test: FoundTest; variant: number; how: ChosenHow; reason?: string };

/**
 * Writes down which variant won, with the figures that it was chosen on, and has the rest get it. The test's row is locked.
 */
export async function settleChoice(
  tx: Transaction,
  ctx: Context,
  { test, variant, how, reason = "" }: Choice,
): Promise<void> {
  const { runNumber, campaignId, restSize } = test;
  await tx.execute(sql`
    update run_tests set state = 'chosen', chosen = ${variant}, chosen_how = ${how}, chosen_by = ${ctx.userId},
      chosen_at = clock_now(), reason = ${reason}, evidence = ${JSON.stringify(await evidenceOf(tx, ctx, test))}::text::jsonb
    where run_number = ${runNumber}`);
  // The reason may name people: it stands beside the test, and not in the audit.
  await recordAudit(tx, ctx, {
    action: "campaign.variant_chosen",
    subjectType: "campaign",
    subjectId: campaignId,
    before: test.chosen === null ? null : { variant: variantName(test.chosen) },
    after: { variant: variantName(variant), how, runNumber, rest: restSize },
  });
  if (restSize > 0)
    await enqueue(tx, ctx, "campaign/variant.chosen", { campaignId, runNumber }, String(runNumber));
  await bumpTopics(tx, ctx, "campaigns", `campaign:${campaignId}`);
}

async function evidenceOf(
  tx: Transaction,
  ctx: Context,
  { runNumber, content }: FoundTest,
): Promise<Evidence> {
  const metric = content.abTest?.metric ?? "clicked";
  const arms = await countArms(tx, ctx, { runNumber, metric, variants: content.variants.length });
  return { metric, arms: arms.map(({ delivered, did }) => ({ n: delivered, x: did })) };
}
