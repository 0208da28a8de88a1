const WINDOW_MS = 60_000;
/** Refused calls from one address in a minute; a provider's own are never counted. */
const MOST = 60;
const MOST_ADDRESSES = 10_000;

/** Who called without being a provider, in this process: guessing at accounts or signatures costs a guesser, not us. */
export class RefusedCalls {
  #since = 0;
  readonly #counts = new Map<string, number>();

  constructor(private readonly now: () => number = () => performance.now()) {}

  /** True while an address has to wait. */
  tooMany(address: string): boolean {
    this.#turn();
    return (this.#counts.get(address) ?? 0) >= MOST;
  }

  count(address: string): void {
    this.#turn();
    if (this.#counts.size >= MOST_ADDRESSES && !this.#counts.has(address)) return;
    this.#counts.set(address, (this.#counts.get(address) ?? 0) + 1);
  }

  #turn(): void {
    if (this.now() - this.#since < WINDOW_MS) return;
    this.#since = this.now();
    this.#counts.clear();
  }
}
