import { sql } from "drizzle-orm";
import { type Transaction, withTransaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { AppError } from "@/server/platform/errors";
import { requireUsableRule } from "./check-rule";
import { findSegment, requireReader } from "./find";
import { loadWorld, namedSegments } from "./load-world";
import { numbered } from "./rule/fragment";
import type { Rule } from "./rule/model";
import type { World } from "./rule/world";
import { compiled } from "./rule-condition";
import { runCancellable } from "./run-cancellable";
import { samplePercent } from "./sample-percent";
import { type RuleInput, ruleInput } from "./schemas";
import { sizeOf } from "./size";

/** Up to here everybody is counted at once; a sample would save nothing. */
const COUNTED_AT_ONCE = 100_000;

export type Estimate = {
  /** How many customers the rule selects: exactly, or extrapolated from a sample. */
  count: number;
  exact: boolean;
};

type Stop = { signal?: AbortSignal | undefined };
type Sampling = Stop & {
  /** How many customers are counted at once. */
  few?: number;
};

/**
 * How many customers a rule selects, within a tenth of a second for a million: from a sample of the table's pages where
 * there are many. Stops with the signal. @throws AppError FORBIDDEN, BAD_INPUT for a rule that cannot be used
 */
export async function estimateSegment(
  ctx: Context,
  input: RuleInput,
  { signal, few = COUNTED_AT_ONCE }: Sampling = {},
): Promise<Estimate> {
  requireReader(ctx);
  const { rule } = ruleInput.parse(input);
  const sampled = await withTransaction(ctx, async (tx) => {
    await requireUsableRule(tx, ctx, rule);
    const size = await sizeOf(tx, ctx, few);
    return size > few ? sampleOf(tx, ctx, { rule, size }) : null;
  });
  if (!sampled) return { ...(await countRule(ctx, rule, { signal })), exact: true };
  const { size, statement } = sampled;
  const [row] = await runCancellable<{ count: number; of: number }>(ctx, {
    ...statement,
    signal,
    plan: "look-ups",
  });
  // The share of those who were looked at, not of the pages: these are never quite as many as was asked for.
  const share = row && row.of > 0 ? row.count / row.of : 0;
  return { count: Math.round(share * size), exact: false };
}

/** How many customers a rule selects, exactly. Stops with the signal. @throws AppError FORBIDDEN, BAD_INPUT */
export async function countSegment(
  ctx: Context,
  input: RuleInput,
  { signal }: Stop = {},
): Promise<{ count: number }> {
  requireReader(ctx);
  const { rule } = ruleInput.parse(input);
  await withTransaction(ctx, (tx) => requireUsableRule(tx, ctx, rule));
  return countRule(ctx, rule, { signal });
}

/** Counts of saved segments for a list, each as good as a tenth of a second allows. @throws AppError FORBIDDEN, NOT_FOUND */
export async function countSegments(
  ctx: Context,
  input: { ids: readonly string[] },
  { signal }: Stop = {},
): Promise<Record<string, Estimate | null>> {
  requireReader(ctx);
  const counts: Record<string, Estimate | null> = {};
  for (const id of input.ids) {
    signal?.throwIfAborted();
    const { rule } = await withTransaction(ctx, (tx) => findSegment(tx, ctx, id));
    counts[id] = await estimateSegment(ctx, { rule }, { signal }).catch((error: unknown) => {
      // One that uses something which is gone has no count; its own screen says what to mend.
      if (error instanceof AppError && (error.code === "BAD_INPUT" || error.code === "CONFLICT")) return null;
      throw error;
    });
  }
  return counts;
}

async function countRule(ctx: Context, rule: Rule, { signal }: Stop): Promise<{ count: number }> {
  const world = await withTransaction(ctx, (tx) => loadWorld(tx, ctx, { rules: [rule], shape: "many" }));
  const [row] = await runCancellable<{ count: number }>(ctx, { ...counting(rule, world), signal });
  return { count: row?.count ?? 0 };
}

type Counting = { text: string; values: ReturnType<typeof numbered>["values"] };

async function sampleOf(
  tx: Transaction,
  ctx: Context,
  { rule, size }: { rule: Rule; size: number },
): Promise<{ statement: Counting; size: number }> {
  const segments = await namedSegments(tx, ctx, [rule]);
  const percent = samplePercent([rule, ...segments.values()], size);
  // The same pages at each keystroke, so that the number moves only with the rule.
  const pages = sql`customers tablesample system (${percent}::float8) repeatable (1)`;
  const among = sql`customers.id in (select id from ${pages})`;
  const world = await loadWorld(tx, ctx, { rules: [rule], shape: "few", among });
  return { statement: counting(rule, world, percent), size };
}

const living = "c.workspace_id = $1::uuid and c.erased_at is null and c.erase_after is null";

/** Counts whom a rule selects (`count`); with `percent` those in so much of the table, and out of how many (`of`). */
function counting(rule: Rule, world: World, percent?: number): Counting {
  if (percent === undefined) {
    const { text, values } = numbered(compiled(rule, world), 2);
    return {
      text: `select count(*)::int as count from customers c where ${living} and ${text}`,
      values: [world.workspaceId, ...values],
    };
  }
  const { text, values } = numbered(compiled(rule, world), 3);
  return {
    text: `select (count(*) filter (where ${text}))::int as count, count(*)::int as of
      from customers c tablesample system ($2::float8) repeatable (1) where ${living}`,
    values: [world.workspaceId, percent, ...values],
  };
}
