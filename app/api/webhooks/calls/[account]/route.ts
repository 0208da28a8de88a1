import { readBody } from "@/server/api/provider-calls";
import { visitorOf } from "@/server/auth/visitor";
import { LARGEST_CALL, RefusedCalls } from "@/server/channels";
import { loggerFor } from "@/server/platform/logger";
import { receiveCallReport } from "@/server/telephony";

const log = loggerFor("webhooks");
const refused = new RefusedCalls();

type Params = { params: Promise<{ account: string }> };

/** Stores what a provider tells of a bridged call and answers at once; the worker does what it says. */
export async function POST(request: Request, { params }: Params): Promise<Response> {
  const { account } = await params;
  const caller = visitorOf(request.headers).address;
  if (refused.tooMany(caller)) return new Response(null, { status: 429, headers: { "Retry-After": "60" } });
  const body = await readBody(request, LARGEST_CALL);
  if (body === null) return new Response(null, { status: 413 });
  const { pathname, search } = new URL(request.url);
  try {
    const outcome = await receiveCallReport({
      accountId: account,
      path: pathname + search,
      headers: Object.fromEntries(request.headers),
      body,
    });
    // Neither provider reads a body; Twilio takes words in it for instructions.
    if (outcome === "stored") return new Response(null, { status: 204 });
    refused.count(caller);
    return new Response(null, { status: 404 });
  } catch (error) {
    // The provider tries again.
    log.error({ err: error }, "what a provider told of a call could not be stored");
    return new Response(null, { status: 503, headers: { "Retry-After": "5" } });
  }
}
