import { visitorOf } from "@/server/auth/visitor";
import { LARGEST_CALL, type RefusedCalls } from "@/server/channels";
import { loggerFor } from "@/server/platform/logger";
import { readBody } from "./provider-calls";

const log = loggerFor("webhooks");

/** A provider's call as it came: `path` with its query, the raw bytes. */
type ProviderCall = { path: string; headers: Record<string, string>; body: Buffer };

type Door = {
  /** Callers of this door whom it refused: one door's do not close another. */
  refused: RefusedCalls;
  /** Stores the call; `unknown`: it is nobody's whom we know. */
  receive: (call: ProviderCall) => Promise<"stored" | "unknown">;
  /** What this provider wants to be answered with once its call is stored. */
  taken: () => Response;
};

/**
 * Stores what a provider tells and answers at once; the worker does what it says. Whoever is refused too often has to wait, and
 * what could not be stored is asked for again (503).
 */
export async function takeProviderCall(
  request: Request,
  { refused, receive, taken }: Door,
): Promise<Response> {
  const caller = visitorOf(request.headers).address;
  if (refused.tooMany(caller)) return new Response(null, { status: 429, headers: { "Retry-After": "60" } });
  const body = await readBody(request, LARGEST_CALL);
  if (body === null) return new Response(null, { status: 413 });
  const { pathname, search } = new URL(request.url);
  try {
    const headers = Object.fromEntries(request.headers);
    if ((await receive({ path: pathname + search, headers, body })) === "stored") return taken();
    refused.count(caller);
    return new Response(null, { status: 404 });
  } catch (error) {
    log.error({ err: error }, "what a provider told could not be stored");
    return new Response(null, { status: 503, headers: { "Retry-After": "5" } });
  }
}
