const units: Record<string, number> = {
  w: 604_800_000,
  d: 86_400_000,
  h: 3_600_000,
  m: 60_000,
  s: 1000,
  ms: 1,
};

/** Milliseconds of a duration such as "1h30m10s" or "7d"; null when it is none. */
export function parseDuration(text: string): number | null {
  if (!/^(?:\d+(?:\.\d+)?(?:ms|[wdhms]))+$/.test(text)) return null;
  let total = 0;
  for (const [, amount, unit] of text.matchAll(/(\d+(?:\.\d+)?)(ms|[wdhms])/g)) {
    total += Number(amount) * (units[unit ?? ""] ?? 0);
  }
  return total;
}

/** When something due "in 1h" or at an ISO instant happens; null when the text is neither. */
export function parseWhen(text: string, nowMs: number): number | null {
  const duration = parseDuration(text);
  if (duration !== null) return nowMs + duration;
  const instant = Date.parse(text);
  return Number.isNaN(instant) ? null : instant;
}
