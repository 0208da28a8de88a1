import type { Proportion } from "./proportions";
import { sampleRatio } from "./sample-ratio";

/**
 * The variance of the mixing distribution over differences: differences of about one percentage point are found soonest.
 * Fixed before any data, as the guarantee asks.
 */
export const MIXING_VARIANCE = 1e-4;

/** The always-valid error rate: at most this share of tests without a difference ever crowns a winner. */
const ALPHA = 0.05;
/** Conversions that both arms together need before a normal approximation means anything. */
const FEWEST_CONVERSIONS = 40;
const MOST_MORE = 100_000_000;

/**
 * The mixture sequential probability ratio of a difference between two arms (Johari et al., "Always valid inference",
 * 2015): it may be looked at as often as anybody likes. 1 says nothing either way; 1/α is a verdict.
 */
export function likelihoodRatio(a: Proportion, b: Proportion, tau2: number = MIXING_VARIANCE): number {
  if (a.n === 0 || b.n === 0) return 1;
  const pooled = (a.x + b.x) / (a.n + b.n);
  return ratioAt({ difference: b.x / b.n - a.x / a.n, pooled, na: a.n, nb: b.n, tau2 });
}

type Seen = { difference: number; pooled: number; na: number; nb: number; tau2: number };

function ratioAt({ difference, pooled, na, nb, tau2 }: Seen): number {
  const variance = pooled * (1 - pooled) * (1 / na + 1 / nb);
  if (variance === 0) return 1;
  const both = variance + tau2;
  return Math.sqrt(variance / both) * Math.exp((tau2 * difference * difference) / (2 * variance * both));
}

export type Verdict =
  | { kind: "winner"; arm: number; over: number }
  /** `more`: about how many customers in each arm until the difference seen now would be sure; null when there is none. */
  | { kind: "not_yet"; leading: number | null; more: number | null }
  | { kind: "too_few"; more: number }
  | { kind: "sample_ratio_mismatch"; p: number }
  | { kind: "no_data" };

export type Experiment = {
  arms: readonly Proportion[];
  /** The intended split, in any unit. */
  split: readonly number[];
  /** Customers that each arm needs at least. */
  minimumSample: number;
};

/**
 * Whether an arm has won: at any moment, however often it is asked. The leading arm wins when it is sure against every
 * other one (α shared among the comparisons). A wrong split blocks the verdict; no data crowns nobody.
 */
export function judge({ arms, split, minimumSample }: Experiment): Verdict {
  if (arms.length < 2 || arms.every(({ n }) => n === 0)) return { kind: "no_data" };
  const ratio = sampleRatio(
    arms.map(({ n }) => n),
    split,
  );
  if (ratio?.mismatch) return { kind: "sample_ratio_mismatch", p: ratio.p };
  const fewest = Math.min(...arms.map(({ n }) => n));
  if (fewest < minimumSample) return { kind: "too_few", more: minimumSample - fewest };

  const order = arms
    .map((arm, index) => ({ arm, index, rate: arm.x / arm.n }))
    .toSorted((one, other) => other.rate - one.rate);
  const [first, ...others] = order;
  const second = others[0];
  if (!first || !second) return { kind: "no_data" };
  const threshold = (arms.length * (arms.length - 1)) / 2 / ALPHA;
  const sure = others.every(
    ({ arm }) => arm.x + first.arm.x >= FEWEST_CONVERSIONS && likelihoodRatio(arm, first.arm) >= threshold,
  );
  if (sure && first.rate > second.rate) return { kind: "winner", arm: first.index, over: second.index };
  if (first.rate === second.rate) return { kind: "not_yet", leading: null, more: null };
  return { kind: "not_yet", leading: first.index, more: moreNeeded(second.arm, first.arm, threshold) };
}

/** Customers more in each arm until this difference, if it stays, crosses the threshold; null beyond reach. */
function moreNeeded(a: Proportion, b: Proportion, threshold: number): number | null {
  const pooled = (a.x + b.x) / (a.n + b.n);
  const difference = b.x / b.n - a.x / a.n;
  const enough = (more: number): boolean =>
    ratioAt({ difference, pooled, na: a.n + more, nb: b.n + more, tau2: MIXING_VARIANCE }) >= threshold &&
    pooled * (a.n + b.n + 2 * more) >= FEWEST_CONVERSIONS;
  if (!enough(MOST_MORE)) return null;
  let low = 0;
  let high = MOST_MORE;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (enough(middle)) high = middle;
    else low = middle;
  }
  return high;
}
