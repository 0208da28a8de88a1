import { describe, expect, test } from "vitest";
import { erlangC } from "./erlang-c";
import { expectedLoss, probabilityAbove, probabilityOfBest } from "./posterior";
import {
  holdOutLift,
  holmAdjusted,
  newcombeInterval,
  pooledTest,
  sampleSize,
  wilsonInterval,
} from "./proportions";
import { sampleRatio } from "./sample-ratio";
import { judge, likelihoodRatio } from "./sequential";
import reference from "./testing/stats-reference.json";

type Row = { name: string; input: Record<string, unknown>; expect: Record<string, unknown> };
const rows = reference.rows as Row[];
/** The input and the answer of a row whose name begins so. */
function row<Input>(name: string): { input: Input; expected: Expected } {
  const found = rows.find((one) => one.name.startsWith(name));
  if (!found) throw new Error(`no reference row ${name}`);
  return { input: found.input as Input, expected: found.expect as Expected };
}
type Numbers = Record<
  | "z"
  | "p"
  | "difference"
  | "chi2"
  | "n"
  | "lambda"
  | "expectedLossOfChoosingB"
  | "relativeLift"
  | "incrementalConversions",
  number
>;
type Expected = Numbers & { interval: [number, number]; adjusted: number[] };
type Two = { a: { x: number; n: number }; b: { x: number; n: number } };

describe("the reference values", () => {
  test("pooled z", () => {
    const { input, expected } = row<Two>("two proportions");
    const found = pooledTest(input.a, input.b);
    for (const name of ["z", "p", "difference"] as const)
      expect(found?.[name]).toBeCloseTo(expected[name], 12);
  });

  test.each(["Newcombe 95%", "Newcombe, zero"])("%s", (name) => {
    const { input, expected } = row<Two>(name);
    const found = newcombeInterval(input.a, input.b);
    expect(found?.[0]).toBeCloseTo(expected.interval[0], 10);
    expect(found?.[1]).toBeCloseTo(expected.interval[1], 10);
  });

  test("Wilson", () => {
    const { input, expected } = row<{ x: number; n: number }>("Wilson");
    const found = wilsonInterval(input);
    expect(found?.[0]).toBeCloseTo(expected.interval[0], 10);
    expect(found?.[1]).toBeCloseTo(expected.interval[1], 10);
  });

  test("sample ratio", () => {
    const { input, expected } = row<{ observed: number[]; ratio: number[] }>("sample ratio");
    const found = sampleRatio(input.observed, input.ratio);
    expect(found?.chi2).toBeCloseTo(expected.chi2, 8);
    expect((found?.p ?? 0) / expected.p).toBeCloseTo(1, 9);
    expect(found?.mismatch).toBe(true);
  });

  test("one beta above another, P(B > A) and the expected loss", () => {
    const beta = row<{ a: [number, number]; b: [number, number] }>("P(Beta");
    const [[aa, ab], [ba, bb]] = [beta.input.a, beta.input.b];
    expect(probabilityAbove({ a: ba, b: bb }, { a: aa, b: ab })).toBeCloseTo(beta.expected.p, 8);
    const { input, expected } = row<Two>("P(B>A)");
    expect(probabilityOfBest([input.a, input.b])?.[1]).toBeCloseTo(expected.p, 9);
    expect(expectedLoss(input.b, input.a)).toBeCloseTo(expected.expectedLossOfChoosingB, 9);
  });

  test("sample size, mSPRT, hold-out lift, Holm", () => {
    const size = row<{ p1: number; p2: number; power: number; alpha: number }>("sample size");
    expect(sampleSize(size.input)).toBe(size.expected.n);
    const lift = row<{ treated: Two["a"]; holdout: Two["a"] }>("hold-out lift");
    const found = holdOutLift(lift.input.treated, lift.input.holdout);
    for (const name of ["relativeLift", "incrementalConversions", "z", "p"] as const)
      expect(found?.[name]).toBeCloseTo(lift.expected[name], 9);
    const holm = row<{ p: number[] }>("Holm");
    holmAdjusted(holm.input.p).forEach((p, index) => {
      expect(p).toBeCloseTo(holm.expected.adjusted[index] ?? -1, 12);
    });
    const ratio = row<{ difference: number; p: number; n: number; tau2: number }>("mSPRT");
    const { difference, p, n, tau2 } = ratio.input;
    const arms = [p - difference / 2, p + difference / 2].map((rate) => ({ x: rate * n, n }));
    const [a, b] = arms;
    expect(a && b && likelihoodRatio(a, b, tau2)).toBeCloseTo(ratio.expected.lambda, 9);
  });

  test("Erlang C of metrics.md", () => {
    const load = { callsPerInterval: 100, intervalSeconds: 1_800, handleSeconds: 180, targetSeconds: 20 };
    const [ten, thirteen, fourteen] = [10, 13, 14].map((agents) => erlangC(load, agents));
    expect(ten).toEqual({ kind: "queue_grows" });
    if (thirteen?.kind !== "stable" || fourteen?.kind !== "stable") throw new Error("it is stable");
    expect(thirteen.serviceLevel).toBeCloseTo(0.7956, 4);
    expect(thirteen.averageWaitSeconds).toBeCloseTo(17.12, 2);
    expect(fourteen.serviceLevel).toBeCloseTo(0.88835, 5);
    expect(fourteen.averageWaitSeconds).toBeCloseTo(7.84, 2);
    expect(fourteen.waits).toBeCloseTo(0.174132, 6);
  });
});

test("P(best) of several arms adds up to one, also with a million customers", () => {
  for (const n of [20, 2_000, 1_000_000]) {
    const arms = [0.1, 0.1, 0.101, 0.1].map((rate) => ({ x: Math.round(rate * n), n }));
    const sum = probabilityOfBest(arms)?.reduce((total, p) => total + p, 0);
    expect(sum).toBeCloseTo(1, 6);
  }
});

const judgeTwo = (a: Two["a"], b: Two["a"], minimumSample = 100) =>
  judge({ arms: [a, b], split: [1, 1], minimumSample });

describe("a verdict", () => {
  test("crowns nobody without data, without conversions, or below the minimum sample", () => {
    expect(judgeTwo({ x: 0, n: 0 }, { x: 0, n: 0 })).toEqual({ kind: "no_data" });
    expect(judgeTwo({ x: 0, n: 5_000 }, { x: 0, n: 5_000 })).toMatchObject({ kind: "not_yet", more: null });
    expect(judgeTwo({ x: 0, n: 90 }, { x: 80, n: 95 })).toEqual({ kind: "too_few", more: 10 });
    expect(judgeTwo({ x: 0, n: 200 }, { x: 8, n: 200 }).kind).toBe("not_yet");
  });

  test("is blocked by a split that cannot be chance", () => {
    expect(judgeTwo({ x: 500, n: 5_000 }, { x: 900, n: 6_000 }).kind).toBe("sample_ratio_mismatch");
  });

  test("says about how many more are needed, and that many are enough when the difference stays", () => {
    const verdict = judgeTwo({ x: 500, n: 5_000 }, { x: 550, n: 5_000 });
    if (verdict.kind !== "not_yet" || verdict.more === null) throw new Error("it says how many");
    const n = 5_000 + verdict.more;
    expect(judgeTwo({ x: n * 0.1, n }, { x: n * 0.11, n }).kind).toBe("winner");
    expect(judgeTwo({ x: (n - 500) * 0.1, n: n - 500 }, { x: (n - 500) * 0.11, n: n - 500 }).kind).toBe(
      "not_yet",
    );
  });

  test("names the arm that is sure against every other one", () => {
    const arms = [0.1, 0.16, 0.1, 0.11].map((rate) => ({ x: rate * 4_000, n: 4_000 }));
    expect(judge({ arms, split: [1, 1, 1, 1], minimumSample: 100 })).toEqual({
      kind: "winner",
      arm: 1,
      over: 3,
    });
  });
});

/** A small generator (mulberry32): the same tests every time. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Conversions of `n` customers, by the normal approximation where it is good and one by one where it is not. */
function binomial(next: () => number, n: number, p: number): number {
  if (n * p * (1 - p) < 30) {
    let x = 0;
    for (let trial = 0; trial < n; trial++) if (next() < p) x++;
    return x;
  }
  const normal = Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
  return Math.min(n, Math.max(0, Math.round(n * p + normal * Math.sqrt(n * p * (1 - p)))));
}

/** How many of `tests` tests crown a winner at any of 100 looks. */
function crowned(tests: number, size: number, rates: readonly number[], seed: number): number {
  const next = random(seed);
  let winners = 0;
  for (let trial = 0; trial < tests; trial++) {
    const arms = rates.map(() => ({ x: 0, n: 0 }));
    for (let look = 0; look < 100; look++) {
      arms.forEach((arm, index) => {
        arm.x += binomial(next, size / 100, rates[index] ?? 0);
        arm.n += size / 100;
      });
      if (judge({ arms, split: rates.map(() => 1), minimumSample: 200 }).kind === "winner") {
        winners++;
        break;
      }
    }
  }
  return winners;
}

describe("looking a hundred times", () => {
  test.each([
    [10_000, 20_000, [0.1, 0.1]],
    [2_000, 5_000, [0.02, 0.02]],
    [2_000, 50_000, [0.3, 0.3, 0.3]],
  ])(
    "at %i tests without a difference (%i customers an arm, rates %j) crowns at most 5 %",
    (tests, size, rates) => {
      expect(crowned(tests, size, rates, 7) / tests).toBeLessThanOrEqual(0.05);
    },
  );

  test("finds a planted lift of 10 % in at least 80 of 100 tests with 60,000 customers in each arm", () => {
    expect(crowned(100, 60_000, [0.1, 0.11], 11)).toBeGreaterThanOrEqual(80);
  });
});
