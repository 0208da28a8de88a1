import { readBody } from "@/server/api/provider-calls";
import { visitorOf } from "@/server/auth/visitor";
import { answerHandshake, LARGEST_CALL, RefusedCalls, receiveWebhook } from "@/server/channels";
import { loggerFor } from "@/server/platform/logger";

const log = loggerFor("webhooks");
const refused = new RefusedCalls();

type Params = { params: Promise<{ provider: string; account: string }> };

/** Meta asks before it posts, and wants its own challenge back. */
export async function GET(request: Request, { params }: Params): Promise<Response> {
  const { provider, account } = await params;
  const query = new URL(request.url).searchParams;
  const challenge = provider === "meta" ? await answerHandshake(account, query) : null;
  return challenge === null ? new Response(null, { status: 404 }) : new Response(challenge);
}

/** Stores what a provider tells and answers at once; a worker does what it says. */
export async function POST(request: Request, { params }: Params): Promise<Response> {
  const { provider, account } = await params;
  const caller = visitorOf(request.headers).address;
  if (refused.tooMany(caller)) return new Response(null, { status: 429, headers: { "Retry-After": "60" } });
  const body = await readBody(request, LARGEST_CALL);
  if (body === null) return new Response(null, { status: 413 });
  const { pathname, search } = new URL(request.url);
  try {
    const outcome = await receiveWebhook({
      provider,
      accountId: account,
      path: pathname + search,
      headers: Object.fromEntries(request.headers),
      body,
    });
    if (outcome === "stored") return taken(provider);
    refused.count(caller);
    return new Response(null, { status: 404 });
  } catch (error) {
    // The provider tries again.
    log.error({ err: error }, "a webhook could not be stored");
    return new Response(null, { status: 503, headers: { "Retry-After": "5" } });
  }
}

/** Twilio would send any text that it is answered with as a message of ours; Meta wants exactly 200. */
const taken = (provider: string): Response =>
  new Response(null, { status: provider === "twilio" ? 204 : 200 });
