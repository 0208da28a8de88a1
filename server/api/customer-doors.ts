import { brokenLinkPage, tooOftenPage } from "@/components/tracking/public-page";
import { countAttempt } from "@/server/auth/throttle";
import { visitorOf } from "@/server/auth/visitor";
import { AppError } from "@/server/platform/errors";

/** More than any form of ours sends. */
const LARGEST_BODY = 10_000;

/** A page for customers: never stored, never indexed, without a cookie. */
export const htmlPage = (html: string, status = 200, headers: Record<string, string> = {}): Response =>
  new Response(html, {
    status,
    headers: {
      "Content-Type": "text/html; charset=utf-8",
      "Cache-Control": "no-store",
      "X-Robots-Tag": "noindex",
      ...headers,
    },
  });

/** The form of a POST; null for what is none, or too large to be ours. Nothing larger than the limit is read. */
export async function readForm(request: Request): Promise<URLSearchParams | null> {
  const body = await readBody(request);
  if (body === null) return null;
  const form = await new Response(body, {
    headers: { "content-type": request.headers.get("content-type") ?? "" },
  })
    .formData()
    .catch(() => null);
  if (!form) return null;
  const fields = new URLSearchParams();
  for (const [name, value] of form) if (typeof value === "string") fields.append(name, value);
  return fields;
}

/** The body of a POST as text; null when it is larger than anything of ours. */
export async function readText(request: Request): Promise<string | null> {
  const body = await readBody(request);
  return body && new TextDecoder().decode(body);
}

async function readBody(request: Request): Promise<Uint8Array<ArrayBuffer> | null> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of request.body ?? []) {
    bytes += chunk.length;
    if (bytes > LARGEST_BODY) return null;
    chunks.push(chunk);
  }
  return new Uint8Array(Buffer.concat(chunks));
}

/** After a button the browser reads the page again, so that a reload sends nothing twice. */
export const seeOther = (request: Request, search: string): Response =>
  new Response(null, { status: 303, headers: { Location: new URL(request.url).pathname + search } });

/** Counts a change through one customer's link. Returns the refusal when there were too many. */
export const limitChanges = (token: string): Promise<Response | null> =>
  limited("customer-link:changes", token);

/** Counts a sent form by who sent it and by the number that it names. Returns the refusal when there were too many. */
export const limitCallMe = async (request: Request, phone: string): Promise<Response | null> =>
  (await limited("call-me:visitor", visitorOf(request.headers).address)) ??
  (await limited("call-me:number", phone.replaceAll(/\D/g, "").slice(-10)));

/** The answer to a link that we did not make; whoever guesses on is told to wait. */
export async function unknownLink(request: Request): Promise<Response> {
  const refused = await limited("customer-link:guesses", visitorOf(request.headers).address);
  return refused ?? htmlPage(brokenLinkPage(), 404);
}

/** The same as seconds to wait, for a form on a company's own page; null: it may be sent. */
export const widgetWait = async (request: Request, phone: string): Promise<number | null> =>
  (await secondsToWait("call-me:visitor", visitorOf(request.headers).address)) ??
  (await secondsToWait("call-me:number", phone.replaceAll(/\D/g, "").slice(-10)));

type CountedDoor = Parameters<typeof countAttempt>[0];

async function limited(door: CountedDoor, value: string): Promise<Response | null> {
  const seconds = await secondsToWait(door, value);
  return seconds === null ? null : htmlPage(tooOftenPage(seconds), 429, { "Retry-After": String(seconds) });
}

async function secondsToWait(door: CountedDoor, value: string): Promise<number | null> {
  try {
    await countAttempt(door, value);
    return null;
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "LIMIT_EXCEEDED") throw error;
    return Number(error.details.retryAfterSeconds ?? 60);
  }
}
