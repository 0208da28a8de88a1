import diagnostics from "node:diagnostics_channel";
import type { IncomingMessage, ServerResponse } from "node:http";
import { histogram } from "./metrics";

const started = new WeakMap<ServerResponse, number>();

/** Doors with their own class of latencies; any other path is a page. A class, not the path: paths hold ids. */
const doors = [
  ["/api/trpc", "trpc"],
  ["/api/v1", "rest"],
  ["/api/webhooks", "webhook"],
  ["/api/inngest", "inngest"],
  ["/api/", "api"],
  ["/t/", "tracking"],
  ["/_next/", "asset"],
] as const;

const doorOf = (url = "/"): string => doors.find(([prefix]) => url.startsWith(prefix))?.[1] ?? "page";

/**
 * Measures every answer of this process's HTTP servers, from Node's own announcements, so that no door has to. Streams of
 * events are left out: they last as long as a tab is open.
 */
export function observeHttp(process: "web" | "worker" | "intake"): void {
  const keeper = globalThis as { ringbackObserves?: boolean };
  if (keeper.ringbackObserves) return;
  keeper.ringbackObserves = true;
  const latencies = histogram("ringback_http_request_seconds", "Time to answer HTTP requests.");
  diagnostics.subscribe("http.server.request.start", (message) => {
    started.set((message as { response: ServerResponse }).response, performance.now());
  });
  diagnostics.subscribe("http.server.response.finish", (message) => {
    const { request, response } = message as { request: IncomingMessage; response: ServerResponse };
    const from = started.get(response);
    if (from === undefined) return;
    if (String(response.getHeader("content-type") ?? "").startsWith("text/event-stream")) return;
    const status = `${Math.floor(response.statusCode / 100)}xx`;
    latencies.observe({ process, door: doorOf(request.url), status }, (performance.now() - from) / 1000);
  });
}
