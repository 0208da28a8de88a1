import { withTransaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { requireUsableRule } from "./check-rule";
import { requireReader } from "./find";
import { loadWorld } from "./load-world";
import { numbered } from "./rule/fragment";
import { compiled } from "./rule-condition";
import { runCancellable } from "./run-cancellable";
import { type RuleInput, ruleInput } from "./schemas";

const PEOPLE = 10;

export type SamplePerson = {
  id: string;
  name: string;
  city: string | null;
  tier: string;
  engagementScore: number;
};

/**
 * Up to ten customers whom a rule selects, the newest first, to see whether it means the right ones. Stops with the signal.
 * @throws AppError FORBIDDEN, BAD_INPUT
 */
export async function sampleSegment(
  ctx: Context,
  input: RuleInput,
  { signal }: { signal?: AbortSignal | undefined } = {},
): Promise<SamplePerson[]> {
  requireReader(ctx);
  const { rule } = ruleInput.parse(input);
  const world = await withTransaction(ctx, async (tx) => {
    await requireUsableRule(tx, ctx, rule);
    return loadWorld(tx, ctx, { rules: [rule], shape: "many" });
  });
  const condition = numbered(compiled(rule, world), 2);
  return runCancellable<SamplePerson>(ctx, {
    text: `select c.id, c.name, c.city, c.tier, c.engagement_score as "engagementScore" from customers c
      where c.workspace_id = $1::uuid and c.erased_at is null and c.erase_after is null
        and ${condition.text} order by c.id desc limit ${PEOPLE}`,
    values: [ctx.workspaceId, ...condition.values],
    signal,
  });
}
