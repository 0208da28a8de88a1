import { visitorOf } from "@/server/auth/visitor";
import { LARGEST_CALL, RefusedCalls } from "@/server/channels";
import { loggerFor } from "@/server/platform/logger";
import { receiveCallReport } from "@/server/telephony";
import { readBody } from "./provider-calls";

const log = loggerFor("webhooks");
const refused = new RefusedCalls();

/**
 * Stores what a provider tells of a call and answers at once with `taken`; the worker does what it says. Whoever is refused
 * too often has to wait.
 */
export async function takeCallReport(
  request: Request,
  { accountId, taken }: { accountId: string; taken: () => Response },
): Promise<Response> {
  const caller = visitorOf(request.headers).address;
  if (refused.tooMany(caller)) return new Response(null, { status: 429, headers: { "Retry-After": "60" } });
  const body = await readBody(request, LARGEST_CALL);
  if (body === null) return new Response(null, { status: 413 });
  const { pathname, search } = new URL(request.url);
  try {
    const outcome = await receiveCallReport({
      accountId,
      path: pathname + search,
      headers: Object.fromEntries(request.headers),
      body,
    });
    if (outcome === "stored") return taken();
    refused.count(caller);
    return new Response(null, { status: 404 });
  } catch (error) {
    // The provider tries again.
    log.error({ err: error }, "what a provider told of a call could not be stored");
    return new Response(null, { status: 503, headers: { "Retry-After": "5" } });
  }
}
