import { env } from "@/env";
import type { Answer } from "@/server/api-keys";
import { type Visitor, visitorOf } from "@/server/auth/visitor";
import { type Context, systemContext } from "@/server/platform/context";
import { AppError } from "@/server/platform/errors";
import { authenticate, requireAccess } from "./caller";
import { failed, failure, succeeded } from "./envelope";
import { findOperation } from "./find-operation";
import { once } from "./idempotency";
import type { Call, Operation } from "./operation";
import { type Allowance, RateLimiter } from "./rate-limit";
import { readJson, readQuery } from "./read-request";

const limiter = new RateLimiter(env.API_REQUESTS_PER_MINUTE);

/** An answer with its headers, before it is spelled as text. */
export type Served = Answer & { headers: Record<string, string> };

/** Answers a request below `/api/v1`: who calls, rate limit, access, JSON, idempotency, the verb, the envelope. */
export async function serve(operations: readonly Operation[], request: Request): Promise<Response> {
  const { status, headers, body } = await answerRequest(operations, request);
  return Response.json(body, { status, headers });
}

/** The same for a door that writes answers itself: a `Response` costs a long one more than the spelling of it. */
export async function answerRequest(operations: readonly Operation[], request: Request): Promise<Served> {
  const requestId = crypto.randomUUID();
  const headers: Record<string, string> = {};
  const withHeaders = (answer: Answer): Served => ({
    ...answer,
    headers: {
      "Cache-Control": "no-store",
      "X-Content-Type-Options": "nosniff",
      "X-Request-Id": requestId,
      ...headers,
    },
  });
  try {
    const found = findOperation(operations, request.method, addressOf(request));
    if ("methods" in found) return withHeaders(nothingThere(found.methods, headers));
    const { operation, params } = found;
    const call = { request, params, requestId, headers, visitor: visitorOf(request.headers) };
    return withHeaders(
      operation.roles === "anybody"
        ? await answerAnybody(operation, call)
        : await answerCaller(operation, call),
    );
  } catch (error) {
    Object.assign(headers, hints(error));
    return withHeaders(failed(error, requestId));
  }
}

const addressOf = (request: Request): string => new URL(request.url).pathname.replace(/^\/api\/v1/, "");

type Incoming = {
  request: Request;
  params: Record<string, string>;
  requestId: string;
  /** Of the answer, as they become known. */
  headers: Record<string, string>;
  visitor: Visitor;
};

async function answerCaller(operation: Operation, incoming: Incoming): Promise<Answer> {
  const { request, requestId, headers } = incoming;
  const caller = await authenticate(request, requestId);
  count(caller.id, headers);
  requireAccess(operation, caller);
  const { bytes, body } = await readBody(operation, request);
  const { ctx, signedIn, id: callerId } = caller;
  const { answer, replayed } = await once({ ctx, callerId, request, bytes }, async (mark) => {
    try {
      return await run(operation, { ...incoming, ctx, signedIn, mark, body });
    } catch (error) {
      Object.assign(headers, hints(error));
      return failed(error, requestId);
    }
  });
  if (replayed) headers["Idempotency-Replayed"] = "true";
  return answer;
}

/** Before anybody signed in there is nobody to remember an answer for: an `Idempotency-Key` does nothing here. */
async function answerAnybody(operation: Operation, incoming: Incoming): Promise<Answer> {
  count(incoming.visitor.address, incoming.headers);
  const { body } = await readBody(operation, incoming.request);
  return run(operation, { ...incoming, ctx: nobody(incoming.requestId), signedIn: null, mark: null, body });
}

/** Sees no workspace and has no role: row-level security shows it nothing. */
const nobody = (requestId: string): Context => ({
  ...systemContext(""),
  actor: { kind: "customer", id: null },
  requestId,
});

type Asked = Incoming & Pick<Call, "ctx" | "signedIn" | "mark"> & { body: unknown };

async function run(operation: Operation, asked: Asked): Promise<Answer> {
  const { request, headers, params, ctx, signedIn, visitor, mark, body } = asked;
  const said = await operation.handle({
    ctx,
    signedIn,
    visitor,
    params,
    mark,
    ifMatch: ifMatchOf(request),
    query: readQuery(new URL(request.url)),
    body,
  });
  if (said.etag !== undefined) headers.ETag = `"${said.etag}"`;
  return succeeded(said, operation.status);
}

/** The state that the client saw. `*` is any state that there is. */
function ifMatchOf(request: Request): string | null {
  const given = request.headers.get("if-match")?.trim() ?? "*";
  return given === "*" ? null : given.replace(/^W\//, "").replace(/^"(.*)"$/, "$1");
}

const readBody = (operation: Operation, request: Request) =>
  operation.body
    ? readJson(request, operation)
    : Promise.resolve({ bytes: Buffer.alloc(0), body: undefined });

/** @throws AppError LIMIT_EXCEEDED */
function count(callerId: string, headers: Record<string, string>): void {
  const allowance = limiter.count(callerId);
  Object.assign(headers, allowanceHeaders(allowance));
  if (allowance.exceeded)
    throw new AppError(
      "LIMIT_EXCEEDED",
      `You may send ${allowance.limit} requests a minute. Go on in ${allowance.resetSeconds} s.`,
      { retryAfterSeconds: allowance.resetSeconds },
    );
}

const allowanceHeaders = ({ limit, remaining, resetSeconds }: Allowance) => ({
  "RateLimit-Limit": String(limit),
  "RateLimit-Remaining": String(remaining),
  "RateLimit-Reset": String(resetSeconds),
});

function nothingThere(methods: string[], headers: Record<string, string>): Answer {
  if (methods.length === 0)
    return failure(
      404,
      "not_found",
      "There is no such address. GET /api/v1/openapi.json lists those that there are.",
    );
  headers.Allow = methods.join(", ");
  return failure(405, "method_not_allowed", `This address takes ${methods.join(", ")}.`);
}

/** What tells a client how to go on. */
function hints(error: unknown): Record<string, string> {
  if (!(error instanceof AppError)) return {};
  if (error.code === "UNAUTHENTICATED") return { "WWW-Authenticate": "Bearer" };
  if (error.code === "LIMIT_EXCEEDED")
    return { "Retry-After": String(error.details.retryAfterSeconds ?? 60) };
  return error.details.code === "idempotency_in_progress" ? { "Retry-After": "1" } : {};
}
