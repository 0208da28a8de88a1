import { AppError, type ErrorCode } from "@/server/platform/errors";
import { loggerFor } from "@/server/platform/logger";

const log = loggerFor("api");

const statuses = {
  BAD_INPUT: 400,
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  CONFLICT: 409,
  LIMIT_EXCEEDED: 429,
  PAYLOAD_TOO_LARGE: 413,
  UNSUPPORTED: 415,
  UNAVAILABLE: 503,
} as const satisfies Record<ErrorCode, number>;

const answer = (status: number, code: string, message: string): Response =>
  Response.json({ error: { code, message } }, { status });

/** The JSON answer for an error of a door; null stands for "nobody is signed in". Defects are logged and not shown. */
export function answerError(requestId: string, error: unknown): Response {
  if (error === null)
    return answer(401, "UNAUTHENTICATED", "Your session has ended. Sign in again and repeat this.");
  if (error instanceof AppError) return answer(statuses[error.code], error.code, error.message);
  log.error({ requestId, err: error }, "request failed");
  return answer(
    500,
    "INTERNAL",
    `Something went wrong on our side. Nothing was changed. Try again; if it stays, quote ${requestId}.`,
  );
}

/** Cookies are sent along by other sites' pages too; a change must come from our own. @throws AppError FORBIDDEN */
export function refuseForeign(request: Request): void {
  const site = request.headers.get("sec-fetch-site");
  const origin = request.headers.get("origin");
  const host = request.headers.get("x-forwarded-host") ?? request.headers.get("host");
  const foreign = site
    ? site !== "same-origin" && site !== "none"
    : origin !== null && hostOf(origin) !== host;
  if (foreign) throw new AppError("FORBIDDEN", "This request came from another site and was refused.");
}

/** Null for an origin that hides itself ("null", from a sandboxed frame). */
const hostOf = (origin: string): string | null => (URL.canParse(origin) ? new URL(origin).host : null);

/** A request's body, chunk by chunk. */
export async function* chunksOf(body: ReadableStream<Uint8Array> | null): AsyncGenerator<Uint8Array> {
  const reader = body?.getReader();
  if (!reader) return;
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) yield part.value;
  } finally {
    // A refused upload must not go on coming in.
    await reader.cancel().catch(() => {});
  }
}
