import { loggerFor } from "@/server/platform/logger";
import { Loop } from "./loop";

const log = loggerFor("registration");
const RETRY_MS = 500;
/** An engine that lost its memory learns the functions again within this time. */
const REPEAT_MS = 60_000;

/** Tells the workflow engine which functions this worker serves, until it knows, and again every minute. */
export class Registration {
  #registeredAt = Number.NEGATIVE_INFINITY;
  #known = false;
  readonly #loop: Loop;

  constructor(private readonly serveUrl: string) {
    this.#loop = new Loop("registration", RETRY_MS, () => this.#round());
  }

  get done(): boolean {
    return this.#known;
  }

  start(): void {
    this.#loop.start();
  }

  stop(): Promise<void> {
    return this.#loop.stop();
  }

  async #round(): Promise<boolean> {
    if (performance.now() - this.#registeredAt < REPEAT_MS) return false;
    // The SDK answers this PUT by registering its functions with the engine.
    const answer = await fetch(this.serveUrl, { method: "PUT", signal: AbortSignal.timeout(10_000) }).catch(
      () => null,
    );
    await answer?.body?.cancel();
    if (!answer?.ok) return false;
    if (!this.#known) log.info("the engine knows the functions");
    this.#known = true;
    this.#registeredAt = performance.now();
    return false;
  }
}
