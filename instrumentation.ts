/** Next runs this once when the web process starts. */
export async function register(): Promise<void> {
  // Next fills the variable in while it builds, and leaves the branch out of bundles that have no Node under them.
  if (process.env.NEXT_RUNTIME === "nodejs") {
    const { observeHttp } = await import("@/server/platform/observe-http");
    const { drainOnSignal, startBeating } = await import("@/server/operations");
    const { loggerFor } = await import("@/server/platform/logger");
    // Next writes what a page threw to the console, with everything that a database error carries along.
    const log = loggerFor("next");
    const { error } = console;
    console.error = (...words: unknown[]) => {
      const thrown = words.find((word) => word instanceof Error);
      if (thrown) log.error({ err: thrown }, "a page or a route failed");
      else error(...words);
    };
    observeHttp("web");
    startBeating("web");
    drainOnSignal();
  }
}
