/** Messages a second between the first and the last arrival (ms, in order). */
export function perSecond(times: readonly number[]): number {
  const [first = 0, last = 0] = [times.at(0), times.at(-1)];
  return ((times.length - 1) / (last - first)) * 1_000;
}

/** The most arrivals (ms, in order) in any second, wherever it begins. */
export function mostInASecond(times: readonly number[]): number {
  let most = 0;
  let from = 0;
  times.forEach((time, index) => {
    while (time - (times[from] ?? time) >= 1_000) from++;
    most = Math.max(most, index - from + 1);
  });
  return most;
}
