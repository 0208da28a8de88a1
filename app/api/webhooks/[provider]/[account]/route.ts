import { takeProviderCall } from "@/server/api/provider-door";
import { RefusedCalls } from "@/server/api/refused-calls";
import { accountExists, answerHandshake, receiveWebhook } from "@/server/channels";

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
  return takeProviderCall(request, {
    refused,
    accountId: account,
    exists: () => accountExists(account),
    receive: (call) => receiveWebhook({ provider, accountId: account, ...call }),
    taken: () => taken(provider),
  });
}

/** Twilio would send any text that it is answered with as a message of ours; Meta wants exactly 200. */
const taken = (provider: string): Response =>
  new Response(null, { status: provider === "twilio" ? 204 : 200 });
