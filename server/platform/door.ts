import type { Server, ServerResponse } from "node:http";

/**
 * The way out of an HTTP server that others are still sent to. `drain`: everything is answered as before, and each answer ends
 * its connection, so that a proxy's next request finds another process. `close`: nothing new is taken, what is under way is
 * answered, and streams of events, which would last for ever, are cut: their readers connect again elsewhere.
 */
export class Door {
  readonly #open = new Set<ServerResponse>();
  #state: "open" | "draining" | "closing" = "open";

  constructor(private readonly server: Server) {
    // Before whoever answers: an answer may be whole at once.
    server.prependListener("request", (_, response: ServerResponse) => this.#watch(response));
  }

  drain(): void {
    if (this.#state === "open") this.#state = "draining";
    for (const response of this.#open) response.shouldKeepAlive = false;
  }

  /** Resolves when every connection has ended; what is open after `graceMs` is cut. */
  async close(graceMs: number): Promise<void> {
    this.drain();
    this.#state = "closing";
    const closed = new Promise<void>((resolve) => this.server.close(() => resolve()));
    this.server.closeIdleConnections();
    for (const response of this.#open) cutStream(response);
    const timer = setTimeout(() => this.server.closeAllConnections(), graceMs);
    await closed;
    clearTimeout(timer);
  }

  #watch(response: ServerResponse): void {
    this.#open.add(response);
    if (this.#state !== "open") response.shouldKeepAlive = false;
    response.once("close", () => {
      this.#open.delete(response);
      // An answer whose head was written before the end was known left its connection open.
      if (this.#state === "closing") this.server.closeIdleConnections();
    });
  }
}

function cutStream(response: ServerResponse): void {
  if (String(response.getHeader("content-type") ?? "").startsWith("text/event-stream")) response.destroy();
}
