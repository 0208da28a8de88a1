import { normalQuantile, twoSidedNormal } from "./special";

/** Successes out of trials. */
export type Proportion = { x: number; n: number };
export type Interval = readonly [low: number, high: number];

/** Null on a zero denominator: a rate that nobody can have (`metrics.md`). */
export const rateOf = ({ x, n }: Proportion): number | null => (n === 0 ? null : x / n);

/** Wilson's score interval of one proportion; null without trials. */
export function wilsonInterval({ x, n }: Proportion, confidence = 0.95): Interval | null {
  if (n === 0) return null;
  const z = normalQuantile(0.5 + confidence / 2);
  const p = x / n;
  const centre = p + (z * z) / (2 * n);
  const spread = z * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n));
  const scale = 1 + (z * z) / n;
  return [Math.max(0, (centre - spread) / scale), Math.min(1, (centre + spread) / scale)];
}

/** Newcombe's interval of the difference a − b (his method 10); null when either has no trials. */
export function newcombeInterval(a: Proportion, b: Proportion, confidence = 0.95): Interval | null {
  const ofA = wilsonInterval(a, confidence);
  const ofB = wilsonInterval(b, confidence);
  if (!ofA || !ofB) return null;
  const pa = a.x / a.n;
  const pb = b.x / b.n;
  const difference = pa - pb;
  return [
    difference - Math.hypot(pa - ofA[0], ofB[1] - pb),
    difference + Math.hypot(ofA[1] - pa, pb - ofB[0]),
  ];
}

/** The pooled two-proportion z test of b against a; null when it says nothing (no trials, or nobody or everybody). */
export function pooledTest(
  a: Proportion,
  b: Proportion,
): { difference: number; z: number; p: number } | null {
  if (a.n === 0 || b.n === 0) return null;
  const pooled = (a.x + b.x) / (a.n + b.n);
  const variance = pooled * (1 - pooled) * (1 / a.n + 1 / b.n);
  if (variance === 0) return null;
  const difference = b.x / b.n - a.x / a.n;
  const z = difference / Math.sqrt(variance);
  return { difference, z, p: twoSidedNormal(z) };
}

/** Holm's adjustment of several p values, in the order given. */
export function holmAdjusted(values: readonly number[]): number[] {
  const order = values.map((p, index) => ({ p, index })).toSorted((one, other) => one.p - other.p);
  const adjusted = new Array<number>(values.length).fill(1);
  let highest = 0;
  order.forEach(({ p, index }, rank) => {
    highest = Math.max(highest, Math.min(1, p * (values.length - rank)));
    adjusted[index] = highest;
  });
  return adjusted;
}

/** Customers needed in each arm to see p1 become p2 (two-sided pooled z test), rounded up. */
export function sampleSize({
  p1,
  p2,
  power,
  alpha,
}: Record<"p1" | "p2" | "power" | "alpha", number>): number {
  const mean = (p1 + p2) / 2;
  const sure = normalQuantile(1 - alpha / 2) * Math.sqrt(2 * mean * (1 - mean));
  const seen = normalQuantile(power) * Math.sqrt(p1 * (1 - p1) + p2 * (1 - p2));
  return Math.ceil(((sure + seen) / (p2 - p1)) ** 2);
}

/** What a campaign added over its hold-out; null when either arm is empty. `relativeLift` is null when nobody converted there. */
export function holdOutLift(treated: Proportion, holdout: Proportion) {
  const test = pooledTest(holdout, treated);
  const interval = newcombeInterval(treated, holdout);
  const base = rateOf(holdout);
  const rate = rateOf(treated);
  if (base === null || rate === null || interval === null) return null;
  return {
    lift: rate - base,
    interval,
    relativeLift: base === 0 ? null : rate / base - 1,
    incrementalConversions: (rate - base) * treated.n,
    z: test?.z ?? null,
    p: test?.p ?? null,
  };
}
