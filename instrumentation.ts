/** Next runs this once when the web process starts. */
export async function register(): Promise<void> {
  // Next fills the variable in while it builds, and leaves the branch out of bundles that have no Node under them.
  if (process.env.NEXT_RUNTIME === "nodejs") {
    const { observeHttp } = await import("@/server/platform/observe-http");
    const { startBeating } = await import("@/server/operations");
    observeHttp("web");
    startBeating("web");
  }
}
