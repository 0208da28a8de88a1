import { keyOf, readPostedMail } from "@/server/api/posted-mail";
import { readBody } from "@/server/api/provider-calls";
import { LARGEST_MAIL, opensInbound, receivePosted } from "@/server/inbound";
import { loggerFor } from "@/server/platform/logger";

const log = loggerFor("inbound mail");

/**
 * A mail service posts what came to our domain: the mail itself (`message/rfc822`), or a form with it inside. Without the key
 * nothing is read, which costs so little that nobody has to wait: the service's addresses are those of all its customers.
 */
export async function POST(request: Request): Promise<Response> {
  if (!opensInbound(keyOf(request))) return new Response(null, { status: 403 });
  const body = await readBody(request, LARGEST_MAIL);
  if (body === null) return new Response(null, { status: 413 });
  try {
    const outcome = await receivePosted(await readPostedMail(request, body));
    return new Response(null, { status: { stored: 204, refused: 403, empty: 400 }[outcome] });
  } catch (error) {
    // The service tries again.
    log.error({ err: error }, "a posted mail could not be stored");
    return new Response(null, { status: 503, headers: { "Retry-After": "5" } });
  }
}
