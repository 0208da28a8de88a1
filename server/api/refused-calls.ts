const MINUTE_MS = 60_000;
/** Refused calls of one caller in the minute that begins with the first of them. */
const MOST = 60;
/** Callers that are remembered; those beyond them are not counted, so that nobody fills our memory. */
const MOST_CALLERS = 10_000;

/**
 * Who called a door in vain, in this process: guessing at accounts or signatures costs a guesser, not us. A caller is what the
 * door makes of it. Providers call for everybody from the same addresses, so an address alone must shut out no account.
 */
export class RefusedCalls {
  /** Those whose minute began first come first. */
  readonly #callers = new Map<string, { since: number; calls: number }>();

  constructor(private readonly now: () => number = () => performance.now()) {}

  /** True while a caller has to wait. */
  tooMany(caller: string): boolean {
    this.#forget();
    return (this.#callers.get(caller)?.calls ?? 0) >= MOST;
  }

  count(caller: string): void {
    this.#forget();
    const known = this.#callers.get(caller);
    if (known) known.calls++;
    else if (this.#callers.size < MOST_CALLERS) this.#callers.set(caller, { since: this.now(), calls: 1 });
  }

  #forget(): void {
    for (const [caller, { since }] of this.#callers) {
      if (this.now() - since < MINUTE_MS) return;
      this.#callers.delete(caller);
    }
  }
}
