import { chiSquaredTail } from "./special";

/** Below this the arms were not split as they should have been, and nothing else about them can be believed. */
const MISMATCH = 0.001;

/** The χ² test of observed arm sizes against their ratio; null without anybody or with a single arm. */
export function sampleRatio(
  observed: readonly number[],
  ratio: readonly number[],
): { chi2: number; p: number; mismatch: boolean } | null {
  const total = observed.reduce((sum, n) => sum + n, 0);
  const shares = ratio.reduce((sum, share) => sum + share, 0);
  if (total === 0 || shares === 0 || observed.length < 2) return null;
  const chi2 = observed.reduce((sum, n, arm) => {
    const expected = (total * (ratio[arm] ?? 0)) / shares;
    return expected === 0 ? sum : sum + (n - expected) ** 2 / expected;
  }, 0);
  const p = chiSquaredTail(chi2, observed.length - 1);
  return { chi2, p, mismatch: p < MISMATCH };
}
