import { sql } from "drizzle-orm";
import { withTransaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import {
  holmAdjusted,
  type Interval,
  judge,
  newcombeInterval,
  type Proportion,
  pooledTest,
  probabilityOfBest,
  sampleRatio,
  type Verdict,
  wilsonInterval,
} from "@/server/statistics";
import { campaignBreakdown } from "./breakdown";
import type { Grouped } from "./facts";
import { type ExperimentInput, experimentInput } from "./schemas";
import { type ExperimentMetric, experimentMetrics } from "./status";

/** Customers that each variant needs before anybody is told who leads. */
const MINIMUM_SAMPLE = 100;

export type Variant = {
  variant: number;
  targeted: number;
  /** Out of the delivered. */
  seen: Proportion;
  /** Wilson's 95 % interval of its rate; null where nothing was delivered. */
  interval: Interval | null;
  /** Against variant A: rate less rate, Newcombe's 95 % interval, p adjusted by Holm; null for A itself. */
  against: { difference: number; interval: Interval; p: number | null } | null;
  /** The probability that its rate is the highest: a reading aid. */
  best: number | null;
};

export type ExperimentAnalytics = {
  metric: ExperimentMetric;
  variants: Variant[];
  /** Of the customers that each was meant for. */
  ratio: { p: number; mismatch: boolean } | null;
  verdict: Verdict;
  /** The rest got the chosen variant: the counts hold customers who were not in the test, so nothing is concluded from them. */
  restBegun: boolean;
};

/**
 * A/B/n: what the variants of a campaign came to, and whether one has won. The verdict may be looked at as often as anybody
 * likes. Null for a campaign with one variant. @throws AppError FORBIDDEN, NOT_FOUND
 */
export async function campaignExperiment(
  ctx: Context,
  input: ExperimentInput,
): Promise<ExperimentAnalytics | null> {
  const { campaignId, metric } = experimentInput.parse(input);
  const { rows } = await campaignBreakdown(ctx, { campaignId, by: "variant" });
  const order = rows.toSorted((one, other) => Number(one.key) - Number(other.key));
  if (order.length < 2) return null;
  const { shares, assigned, restBegun } = await testOf(ctx, campaignId);
  const split = shares.length === order.length ? shares : order.map(() => 1);
  const sizes = assigned.length === order.length ? assigned : order.map((row) => row.targeted);
  return { ...analyse(order, metric, { split, assigned: sizes }), restBegun };
}

type Test = { shares: number[]; assigned: number[]; restBegun: boolean };

/** Shares and sizes as the latest run froze them; empty where it says nothing. */
async function testOf(ctx: Context, campaignId: string): Promise<Test> {
  const [row] = await withTransaction(ctx, (tx) =>
    tx.execute<{ shares: number[] | null; assigned: number[] | null; restBegun: boolean }>(sql`
      select (select jsonb_agg(v.value -> 'share' order by v.nth)
        from jsonb_array_elements(r.content -> 'variants') with ordinality as v (value, nth)) as shares,
        to_jsonb(t.assigned) as assigned, coalesce(t.rest_begun_at is not null, false) as "restBegun"
      from campaign_runs r left join run_tests t on t.run_number = r.number
      where r.workspace_id = ${ctx.workspaceId} and r.campaign_id = ${campaignId}
        and jsonb_typeof(r.content -> 'variants') = 'array' order by r.number desc limit 1`),
  );
  return { shares: row?.shares ?? [], assigned: row?.assigned ?? [], restBegun: row?.restBegun ?? false };
}

/** Pure: the same counts give the same answer. */
export function analyse(
  rows: readonly Grouped[],
  metric: ExperimentMetric,
  { split, assigned }: { split: readonly number[]; assigned: readonly number[] } = {
    split: rows.map(() => 1),
    assigned: rows.map((row) => row.targeted),
  },
): ExperimentAnalytics {
  const seen = rows.map((row) => ({ x: row[experimentMetrics[metric].part], n: row.delivered }));
  const [first] = seen;
  const ratio = sampleRatio(assigned, split);
  const tests = seen.map((arm, index) => (index === 0 || !first ? null : pooledTest(first, arm)));
  const adjusted = holmAdjusted(tests.slice(1).map((test) => test?.p ?? 1));
  const best = probabilityOfBest(seen);
  return {
    metric,
    restBegun: false,
    ratio: ratio && { p: ratio.p, mismatch: ratio.mismatch },
    verdict: ratio?.mismatch
      ? { kind: "sample_ratio_mismatch", p: ratio.p }
      : judge({ arms: seen, split, minimumSample: MINIMUM_SAMPLE }),
    variants: rows.map((row, index) => {
      const arm = seen[index] ?? { x: 0, n: 0 };
      const interval = index === 0 || !first ? null : newcombeInterval(arm, first);
      return {
        variant: Number(row.key),
        targeted: row.targeted,
        seen: arm,
        interval: wilsonInterval(arm),
        against:
          interval && first
            ? {
                difference: arm.x / arm.n - first.x / first.n,
                interval,
                p: tests[index] ? (adjusted[index - 1] ?? null) : null,
              }
            : null,
        best: best?.[index] ?? null,
      };
    }),
  };
}
