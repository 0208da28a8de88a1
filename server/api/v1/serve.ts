import { env } from "@/env";
import { type Answer, authenticateKey } from "@/server/api-keys";
import { opens } from "@/server/api-keys/status";
import { AppError } from "@/server/platform/errors";
import { failed, failure, succeeded } from "./envelope";
import type { Operation } from "./operation";
import { type Allowance, RateLimiter } from "./rate-limit";
import { readJson, readQuery } from "./read-request";
import { once } from "./repeat";

const limiter = new RateLimiter(env.API_REQUESTS_PER_MINUTE);

type Params = { params: Promise<Record<string, string>> };
type Headed = { answer: Answer; headers: Record<string, string> };

/** A route handler for an operation: key, rate limit, scope, JSON, idempotency, the verb, the envelope. */
export const serve =
  (operation: Operation) =>
  async (request: Request, { params }: Params): Promise<Response> => {
    const requestId = crypto.randomUUID();
    const headers: Record<string, string> = {};
    try {
      return respond(
        requestId,
        await answerTo(operation, { request, params: await params, requestId, headers }),
      );
    } catch (error) {
      return respond(requestId, {
        answer: failed(error, requestId),
        headers: { ...headers, ...hints(error) },
      });
    }
  };

/** The answer to what is no address of this door. */
export async function serveNothing(): Promise<Response> {
  const answer = failure(
    404,
    "not_found",
    "There is no such address. GET /api/v1/openapi.json lists those that there are.",
  );
  return respond(crypto.randomUUID(), { answer, headers: {} });
}

type Call = {
  request: Request;
  params: Record<string, string>;
  requestId: string;
  headers: Record<string, string>;
};

async function answerTo(
  operation: Operation,
  { request, params, requestId, headers }: Call,
): Promise<Headed> {
  const holder = await authenticateKey(bearerOf(request), requestId);
  const allowance = limiter.count(holder.keyId);
  Object.assign(headers, allowanceHeaders(allowance));
  if (allowance.exceeded)
    throw new AppError(
      "LIMIT_EXCEEDED",
      `This key may send ${allowance.limit} requests a minute. Go on in ${allowance.resetSeconds} s.`,
      { retryAfterSeconds: allowance.resetSeconds },
    );
  if (!opens(holder.scopes, operation.scope))
    throw new AppError(
      "FORBIDDEN",
      `This key does not open it: it needs the scope ${operation.scope}. Ask an administrator for a key that has it.`,
      { scope: operation.scope },
    );
  const { bytes, body } = operation.body
    ? await readJson(request, operation)
    : { bytes: Buffer.alloc(0), body: undefined };
  const query = readQuery(new URL(request.url));
  const { answer, replayed } = await once({ holder, request, bytes }, async (mark) => {
    try {
      const said = await operation.handle({ ctx: holder.ctx, params, query, body, mark });
      return succeeded(said, operation.status);
    } catch (error) {
      return failed(error, requestId);
    }
  });
  return { answer, headers: replayed ? { ...headers, "Idempotency-Replayed": "true" } : headers };
}

const bearerOf = (request: Request): string =>
  /^Bearer\s+(\S+)$/i.exec(request.headers.get("authorization") ?? "")?.[1] ?? "";

const allowanceHeaders = ({ limit, remaining, resetSeconds }: Allowance) => ({
  "RateLimit-Limit": String(limit),
  "RateLimit-Remaining": String(remaining),
  "RateLimit-Reset": String(resetSeconds),
});

/** What tells a client how to go on. */
function hints(error: unknown): Record<string, string> {
  if (!(error instanceof AppError)) return {};
  if (error.code === "UNAUTHENTICATED") return { "WWW-Authenticate": "Bearer" };
  if (error.code === "LIMIT_EXCEEDED")
    return { "Retry-After": String(error.details.retryAfterSeconds ?? 60) };
  return error.details.code === "idempotency_in_progress" ? { "Retry-After": "1" } : {};
}

const respond = (requestId: string, { answer, headers }: Headed): Response =>
  Response.json(answer.body, {
    status: answer.status,
    headers: {
      "Cache-Control": "no-store",
      "X-Content-Type-Options": "nosniff",
      "X-Request-Id": requestId,
      ...headers,
    },
  });
