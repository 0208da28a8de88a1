/** Attempts of one message, the first included; then it has failed. */
export const MOST_ATTEMPTS = 6;

/** A provider that asks for less refuses nobody: such a message stays for about a day. */
export const MOST_THROTTLES = 48;

/** Wait of a message that the provider holds back without saying for how long (Meta 131049: a day). */
export const NOT_NOW_MS = 24 * 60 * 60_000;

const FIRST_DELAY_MS = 30_000;
const LONGEST_DELAY_MS = 30 * 60_000;

/**
 * How long a refused message waits (ms): doubling from 30 s to 30 min, between half and one and a half of that so that a
 * refused batch does not come back as one; the provider's own hint goes first. `random` is in 0 … 1.
 */
export function retryDelay(attempts: number, hintMs: number | null, random: number = Math.random()): number {
  if (hintMs !== null) return hintMs;
  const delay = Math.min(FIRST_DELAY_MS * 2 ** (attempts - 1), LONGEST_DELAY_MS);
  return Math.round(delay * (0.5 + random));
}
