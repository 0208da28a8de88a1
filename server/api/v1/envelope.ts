import { ZodError, z } from "zod";
import type { Answer } from "@/server/api-keys";
import { AppError, type ErrorCode } from "@/server/platform/errors";
import { loggerFor } from "@/server/platform/logger";
import type { Said } from "./operation";

const log = loggerFor("api");

/** How each error of ours is answered: status and the code that programs read. */
const kinds = {
  BAD_INPUT: [422, "validation_failed"],
  UNAUTHENTICATED: [401, "unauthenticated"],
  FORBIDDEN: [403, "forbidden"],
  NOT_FOUND: [404, "not_found"],
  CONFLICT: [409, "conflict"],
  LIMIT_EXCEEDED: [429, "rate_limited"],
  PAYLOAD_TOO_LARGE: [413, "payload_too_large"],
  UNSUPPORTED: [415, "unsupported_media_type"],
  UNAVAILABLE: [503, "unavailable"],
} as const satisfies Record<ErrorCode, readonly [number, string]>;

/** A body that is not JSON at all, or a request that cannot be read. */
export class MalformedRequest extends Error {}

/** An edit of a state that stands no more. `current` is the ETag of the one that does. */
export class PreconditionFailed extends Error {
  constructor(readonly current: string) {
    super("It was changed meanwhile. Read it again, and send your change with the ETag that you get.");
  }
}

/** The shape of every failure, also for the OpenAPI document. */
export const failureSchema = z.object({
  success: z.literal(false),
  error: z.object({
    /** For programs; it stays the same. */
    code: z.string(),
    message: z.string(),
    /** Facts for a program; for malformed input `issues`, each with its path and what is wrong. */
    details: z.record(z.string(), z.unknown()),
  }),
  message: z.string(),
});

/** The shape of a success around its data. */
export const successSchema = (data: z.ZodType, paged: boolean, beside?: z.ZodObject) =>
  z.object({
    success: z.literal(true),
    ...beside?.shape,
    data,
    message: z.string(),
    ...(paged
      ? {
          /** Rows that the filters leave, on all pages; not there where counting them would be slow. */
          total: z.number().int().optional(),
          /** Sent as `cursor`, it gives the next page; null on the last one. */
          next_cursor: z.string().nullable(),
        }
      : {}),
  });

/** The answer of an operation that was done, with `usual` as its status where the operation said none. */
export function succeeded({ status, ...said }: Said<unknown>, usual: number): Answer {
  const { data, message, total, next_cursor, beside } = said;
  return {
    status: status ?? usual,
    body: {
      success: true,
      ...beside,
      data,
      message,
      ...(total === undefined ? {} : { total }),
      ...(next_cursor === undefined ? {} : { next_cursor }),
    },
  };
}

/** The answer for an error. Defects are logged and shown without their insides. */
export function failed(error: unknown, requestId: string): Answer {
  if (error instanceof MalformedRequest) return failure(400, "malformed_request", error.message);
  if (error instanceof PreconditionFailed)
    return failure(412, "precondition_failed", error.message, { current_etag: `"${error.current}"` });
  if (error instanceof ZodError) return failure(422, "validation_failed", ...issuesOf(error));
  if (error instanceof AppError) {
    const [status, usual] = kinds[error.code];
    const { code = usual, ...details } = error.details;
    return failure(status, String(code), error.message, snakeField(details));
  }
  log.error({ requestId, err: error }, "request failed");
  return failure(
    500,
    "internal",
    // What was done before it may stand: a request is not always one transaction.
    `Something went wrong on our side. Try again; if it stays, quote ${requestId}.`,
  );
}

export const failure = (
  status: number,
  code: string,
  message: string,
  details: Record<string, unknown> = {},
): Answer => ({ status, body: { success: false, error: { code, message, details }, message } });

function issuesOf(error: ZodError): [message: string, details: Record<string, unknown>] {
  const issues = error.issues
    .slice(0, 50)
    .map(({ path, message }) => ({ path: path.map(String).join("."), message }));
  const [first] = issues;
  return [
    first ? (first.path ? `${first.path}: ${first.message}` : first.message) : "Malformed.",
    { issues },
  ];
}

/** Verbs name fields as the screens do; here they have the names of this door. */
function snakeField(details: Record<string, unknown>): Record<string, unknown> {
  const { field } = details;
  return typeof field === "string"
    ? { ...details, field: field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`) }
    : details;
}
