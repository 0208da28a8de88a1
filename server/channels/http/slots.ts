/** Accepted messages in a row after which a slowed account may carry one more at once. */
const RECOVERED_AFTER = 50;

/**
 * How many messages of an account may be with its provider at once, over all callers, first come first served. `slowDown`
 * halves the number (a provider that throttles asks for less), successes raise it again.
 */
export class Slots {
  #taken = 0;
  #allowed: number;
  #streak = 0;
  readonly #waiting: (() => void)[] = [];

  constructor(readonly most: number) {
    this.#allowed = most;
  }

  acquire(): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      this.#serve();
    });
  }

  release(): void {
    this.#taken--;
    this.#serve();
  }

  succeeded(): void {
    if (this.#allowed === this.most || ++this.#streak < RECOVERED_AFTER) return;
    this.#allowed++;
    this.#streak = 0;
  }

  slowDown(): void {
    this.#streak = 0;
    this.#allowed = Math.max(1, Math.floor(this.#allowed / 2));
  }

  #serve(): void {
    while (this.#taken < this.#allowed) {
      const next = this.#waiting.shift();
      if (!next) return;
      this.#taken++;
      next();
    }
  }
}
