import { readPostedMail } from "@/server/api/posted-mail";
import { readBody } from "@/server/api/provider-calls";
import { RefusedCalls } from "@/server/api/refused-calls";
import { visitorOf } from "@/server/auth/visitor";
import { LARGEST_MAIL, receivePosted } from "@/server/inbound";
import { loggerFor } from "@/server/platform/logger";

const log = loggerFor("inbound mail");
const refused = new RefusedCalls();

/** A mail service posts what came to our domain: the mail itself (`message/rfc822`), or a form with it inside. */
export async function POST(request: Request): Promise<Response> {
  const caller = visitorOf(request.headers).address;
  if (refused.tooMany(caller)) return new Response(null, { status: 429, headers: { "Retry-After": "60" } });
  const body = await readBody(request, LARGEST_MAIL);
  if (body === null) return new Response(null, { status: 413 });
  try {
    const outcome = await receivePosted(await readPostedMail(request, body));
    if (outcome === "refused") refused.count(caller);
    return new Response(null, { status: { stored: 204, refused: 403, empty: 400 }[outcome] });
  } catch (error) {
    // The service tries again.
    log.error({ err: error }, "a posted mail could not be stored");
    return new Response(null, { status: 503, headers: { "Retry-After": "5" } });
  }
}
