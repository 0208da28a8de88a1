import { loggerFor } from "@/server/platform/logger";
import { counter } from "@/server/platform/metrics";

const log = loggerFor("worker");
const failures = counter(
  "ringback_loop_failures_total",
  "Rounds of the worker's loops that failed and were tried again.",
);

/**
 * Repeats a round until stopped. A round that says it found work is followed by the next at once; otherwise by a wait that
 * `wake` ends. A round that fails is logged and tried again after the wait: a loop never dies.
 */
export class Loop {
  #stopping = false;
  #wake: (() => void) | null = null;
  #woken = false;
  #ended: Promise<void> | null = null;

  constructor(
    private readonly name: string,
    private readonly idleMs: number,
    private readonly round: () => Promise<boolean>,
  ) {}

  start(): void {
    this.#ended = this.#run();
  }

  wake(): void {
    this.#woken = true;
    this.#wake?.();
  }

  /** Resolves when the round under way has ended. */
  async stop(): Promise<void> {
    this.#stopping = true;
    this.wake();
    await this.#ended;
  }

  async #run(): Promise<void> {
    while (!this.#stopping) {
      const found = await this.round().catch((error: unknown) => {
        const { code, message } = error as { code?: string; message?: string };
        failures.add({ loop: this.name });
        log.warn({ loop: this.name, code, message }, "a round failed and is tried again");
        this.#woken = false;
        return false;
      });
      if (!found) await this.#rest();
    }
  }

  async #rest(): Promise<void> {
    if (!this.#woken && !this.#stopping)
      await new Promise<void>((resolve) => {
        const timer = setTimeout(() => this.#wake?.(), this.idleMs);
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    this.#wake = null;
    this.#woken = false;
  }
}
