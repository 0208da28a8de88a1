const MINUTE_MS = 60_000;
/** Names of one minute that are remembered; what has another is not told, so that nobody fills our memory or the log. */
const MOST_NAMES = 1_000;

/** What may be told again and again is told at most once a minute for each name, in this process. */
export class Seldom {
  /** When each was told (ms, monotonic); the earliest come first. */
  readonly #told = new Map<string, number>();

  constructor(private readonly now: () => number = () => performance.now()) {}

  /** True where it was not told within the last minute; from now on it counts as told. */
  mayTell(name: string): boolean {
    const now = this.now();
    for (const [known, at] of this.#told) {
      if (now - at < MINUTE_MS) break;
      this.#told.delete(known);
    }
    if (this.#told.has(name) || this.#told.size >= MOST_NAMES) return false;
    this.#told.set(name, now);
    return true;
  }
}
