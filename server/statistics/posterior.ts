import type { Proportion } from "./proportions";
import { betaCdf, logBeta } from "./special";

type Beta = { a: number; b: number };

/** Uniform prior. */
const posteriorOf = ({ x, n }: Proportion): Beta => ({ a: x + 1, b: n - x + 1 });

const PIECES = 600;
/** Ten standard deviations to either side hold all of the mass that a reader could see. */
const WIDTH = 10;

/**
 * The probability that each arm's rate is the highest, with a uniform prior: a reading aid, never the verdict
 * (`metrics.md`). Sums to 1; null when no arm has trials.
 */
export function probabilityOfBest(arms: readonly Proportion[]): number[] | null {
  if (arms.every(({ n }) => n === 0)) return null;
  const posteriors = arms.map(posteriorOf);
  return posteriors.map((own, arm) => {
    const others = posteriors.filter((_, index) => index !== arm);
    return integrate(own, (rate) => others.reduce((all, { a, b }) => all * betaCdf(rate, a, b), 1));
  });
}

/** P(Beta(b) > Beta(a)). */
export const probabilityAbove = (b: Beta, a: Beta): number => integrate(b, (rate) => betaCdf(rate, a.a, a.b));

/** The rate that is lost on average by choosing `chosen` where `other` may be the better one. */
export function expectedLoss(chosen: Proportion, other: Proportion): number {
  const c = posteriorOf(chosen);
  const o = posteriorOf(other);
  const mean = ({ a, b }: Beta) => a / (a + b);
  // E[max(O − C, 0)] = E[O]·P(O⁺ > C) − E[C]·P(O > C⁺), where ⁺ is the size-biased distribution.
  return (
    mean(o) * probabilityAbove({ ...o, a: o.a + 1 }, c) - mean(c) * probabilityAbove(o, { ...c, a: c.a + 1 })
  );
}

/** ∫ f(x) · density of Beta(a, b) dx, by Simpson's rule where the density has mass. */
function integrate({ a, b }: Beta, f: (x: number) => number): number {
  const mean = a / (a + b);
  const deviation = Math.sqrt((mean * (1 - mean)) / (a + b + 1));
  const low = Math.max(0, mean - WIDTH * deviation);
  const high = Math.min(1, mean + WIDTH * deviation);
  const scale = logBeta(a, b);
  const density = (x: number): number => {
    if (x === 0) return a === 1 ? Math.exp(-scale) : 0;
    if (x === 1) return b === 1 ? Math.exp(-scale) : 0;
    return Math.exp((a - 1) * Math.log(x) + (b - 1) * Math.log1p(-x) - scale);
  };
  const step = (high - low) / PIECES;
  let sum = 0;
  for (let piece = 0; piece <= PIECES; piece++) {
    const x = low + piece * step;
    const weight = piece === 0 || piece === PIECES ? 1 : piece % 2 === 1 ? 4 : 2;
    sum += weight * density(x) * f(x);
  }
  return (sum * step) / 3;
}
