import type { PostedMail } from "@/server/inbound/receive-posted";

/** What a mail service proves itself with: a bearer's key, or `?key=…` where it can send no header. */
export const keyOf = (request: Request): string =>
  request.headers.get("authorization")?.replace(/^Bearer\s+/i, "") ??
  new URL(request.url).searchParams.get("key") ??
  "";

/**
 * A mail as mail services post it: the bytes themselves with `?key=…&to=…`, or a form with the whole mail in one field, as
 * Mailgun (`body-mime`, `recipient`), SendGrid (`email`, `envelope`) and Postmark's raw relay do.
 */
export async function readPostedMail(request: Request, body: Buffer): Promise<PostedMail> {
  const url = new URL(request.url);
  const key = keyOf(request);
  const type = request.headers.get("content-type") ?? "";
  if (!/^(multipart\/form-data|application\/x-www-form-urlencoded)/i.test(type))
    return { key, recipients: url.searchParams.getAll("to"), raw: body };
  const form = await new Response(new Uint8Array(body), { headers: { "content-type": type } })
    .formData()
    .catch(() => null);
  // No form after all: sent again it would be none either.
  if (!form) return { key, recipients: [], raw: null };
  const text = (name: string) => {
    const value = form.get(name);
    return typeof value === "string" ? value : "";
  };
  const raw = text("body-mime") || text("email") || text("raw");
  return {
    key,
    recipients: [...text("recipient").split(","), ...envelopeOf(text("envelope"))].filter(Boolean),
    raw: raw ? Buffer.from(raw) : null,
  };
}

function envelopeOf(text: string): string[] {
  try {
    const { to } = JSON.parse(text) as { to?: unknown };
    return [to ?? []].flat().filter((each) => typeof each === "string");
  } catch {
    return [];
  }
}
