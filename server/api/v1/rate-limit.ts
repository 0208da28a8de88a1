const WINDOW_MS = 60_000;

/** What a key may still send, for the `RateLimit-*` headers. */
export type Allowance = { limit: number; remaining: number; resetSeconds: number; exceeded: boolean };

/**
 * Counts requests by key in windows of a minute, in this process: what it protects is the process. Several web processes
 * each allow as much.
 */
export class RateLimiter {
  #since = Number.NEGATIVE_INFINITY;
  readonly #counts = new Map<string, number>();

  constructor(
    private readonly perMinute: number,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** Counts one request. */
  count(key: string): Allowance {
    if (this.now() - this.#since >= WINDOW_MS) {
      this.#since = this.now();
      this.#counts.clear();
    }
    const used = (this.#counts.get(key) ?? 0) + 1;
    this.#counts.set(key, used);
    return {
      limit: this.perMinute,
      remaining: Math.max(this.perMinute - used, 0),
      resetSeconds: Math.max(1, Math.ceil((this.#since + WINDOW_MS - this.now()) / 1_000)),
      exceeded: used > this.perMinute,
    };
  }
}
