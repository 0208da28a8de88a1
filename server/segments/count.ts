import { sql } from "drizzle-orm";
import { type Transaction, withTransaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { AppError } from "@/server/platform/errors";
import { requireUsableRule } from "./check-rule";
import { findSegment, requireReader } from "./find";
import { loadWorld } from "./load-world";
import { numbered } from "./rule/fragment";
import { conditionsOf, type Rule } from "./rule/model";
import type { World } from "./rule/world";
import { compiled } from "./rule-condition";
import { runCancellable } from "./run-cancellable";
import { type RuleInput, ruleInput } from "./schemas";

/** Up to here everybody is counted at once; a sample would save nothing. */
const COUNTED_AT_ONCE = 100_000;
/** Of the pages of the table, when it is sampled. */
const SAMPLE_PERCENT = 5;
/** Looks into other tables, summed over the sample, that a tenth of a second has room for. */
const MOST_LOOKS = 100_000;

export type Estimate = {
  /** How many customers the rule selects: exactly, or extrapolated from a sample. */
  count: number;
  exact: boolean;
};

type Stop = { signal?: AbortSignal | undefined };

/**
 * How many customers a rule selects, within a tenth of a second for a million: from a sample of the table's pages where
 * there are many. Stops with the signal. @throws AppError FORBIDDEN, BAD_INPUT for a rule that cannot be used
 */
export async function estimateSegment(
  ctx: Context,
  input: RuleInput,
  { signal }: Stop = {},
): Promise<Estimate> {
  requireReader(ctx);
  const { rule } = ruleInput.parse(input);
  const sampled = await withTransaction(ctx, async (tx) => {
    await requireUsableRule(tx, ctx, rule);
    const size = await boundedSize(tx, ctx);
    return size > COUNTED_AT_ONCE ? sampleOf(tx, ctx, rule) : null;
  });
  if (!sampled) return { ...(await countRule(ctx, rule, { signal })), exact: true };
  const [row] = await runCancellable<{ count: number }>(ctx, { ...sampled, signal, plan: "look-ups" });
  return { count: Math.round(((row?.count ?? 0) * 100) / sampled.percent), exact: false };
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

/** The customers of a workspace as far as it matters whether there are many. */
async function boundedSize(tx: Transaction, ctx: Context): Promise<number> {
  const [row] = await tx.execute<{ size: number }>(sql`
    select count(*)::int as size from (select from customers c
      where c.workspace_id = ${ctx.workspaceId} and c.erased_at is null limit ${COUNTED_AT_ONCE + 1}) customers`);
  return row?.size ?? 0;
}

type Counting = { text: string; values: ReturnType<typeof numbered>["values"] };

/** Fewer pages for a rule that looks into many other tables for each customer. */
function percentFor(rule: Rule, world: World, size: number): number {
  const conditions = [rule, ...world.segments.values()].flatMap(conditionsOf);
  const looks = conditions.filter(({ on }) => on !== "customer" && on !== "segment").length;
  return Math.min(SAMPLE_PERCENT, (100 * MOST_LOOKS) / (size * Math.max(1, looks)));
}

async function sampleOf(tx: Transaction, ctx: Context, rule: Rule): Promise<Counting & { percent: number }> {
  const [table] = await tx.execute<{ size: number }>(
    sql`select greatest(reltuples, ${COUNTED_AT_ONCE})::float8 as size from pg_class where oid = 'customers'::regclass`,
  );
  // The same pages at each keystroke, so that the number moves only with the rule.
  const pages = sql`customers tablesample system (${SAMPLE_PERCENT}) repeatable (1)`;
  const among = sql`customers.id in (select id from ${pages})`;
  const world = await loadWorld(tx, ctx, { rules: [rule], shape: "few", among });
  const percent = percentFor(rule, world, table?.size ?? COUNTED_AT_ONCE);
  return { ...counting(rule, world, percent), percent };
}

function counting(rule: Rule, world: World, percent?: number): Counting {
  const condition = numbered(compiled(rule, world), percent === undefined ? 2 : 3);
  const sample = percent === undefined ? "" : "tablesample system ($2::float8) repeatable (1)";
  return {
    text: `select count(*)::int as count from customers c ${sample}
      where c.workspace_id = $1::uuid and c.erased_at is null and c.erase_after is null and ${condition.text}`,
    values: [world.workspaceId, ...(percent === undefined ? [] : [percent]), ...condition.values],
  };
}
