import { TRPCError } from "@trpc/server";
import { contextOf } from "@/server/auth/signed-in";
import type { Role } from "@/server/platform/context";
import { AppError, type ErrorCode } from "@/server/platform/errors";
import { loggerFor } from "@/server/platform/logger";
import { t } from "./init";

const log = loggerFor("trpc");

const transportCodes = {
  BAD_INPUT: "BAD_REQUEST",
  UNAUTHENTICATED: "UNAUTHORIZED",
  FORBIDDEN: "FORBIDDEN",
  NOT_FOUND: "NOT_FOUND",
  CONFLICT: "CONFLICT",
  LIMIT_EXCEEDED: "TOO_MANY_REQUESTS",
  PAYLOAD_TOO_LARGE: "PAYLOAD_TOO_LARGE",
  UNSUPPORTED: "UNSUPPORTED_MEDIA_TYPE",
  UNAVAILABLE: "SERVICE_UNAVAILABLE",
} as const satisfies Record<ErrorCode, TRPCError["code"]>;

/** AppErrors keep their sentence; a defect is logged with its request id and shown without its insides. */
const mapErrors = t.middleware(async ({ next, path, ctx }) => {
  const result = await next();
  if (result.ok) return result;
  const { cause } = result.error;
  if (cause instanceof AppError)
    throw new TRPCError({ code: transportCodes[cause.code], message: cause.message, cause });
  if (result.error.code === "INTERNAL_SERVER_ERROR") {
    log.error({ path, requestId: ctx.requestId, err: cause ?? result.error }, "procedure failed");
    throw new TRPCError({
      code: "INTERNAL_SERVER_ERROR",
      message: `Something went wrong on our side. Nothing was changed. Try again; if it stays, quote ${ctx.requestId}.`,
    });
  }
  return result;
});

/** A line for each change that is asked for: from its request id on, the logs of the other processes can be followed. */
const logChanges = t.middleware(async ({ next, path, type, ctx }) => {
  const from = performance.now();
  const result = await next();
  if (type === "mutation") {
    const { requestId, signedIn } = ctx;
    const ids = { requestId, workspaceId: signedIn?.workspace.id, userId: signedIn?.user.id };
    const outcome = result.ok ? "ok" : result.error.code;
    log.info({ ...ids, path, outcome, ms: Math.round(performance.now() - from) }, "change asked for");
  }
  return result;
});

/** For anybody; the few doors before sign-in. */
export const publicProcedure = t.procedure.use(logChanges).use(mapErrors);

/** For any member of the session's workspace; verbs receive `ctx.verb` as their context. */
export const memberProcedure = publicProcedure.use(({ ctx, next }) => {
  if (!ctx.signedIn)
    throw new TRPCError({
      code: "UNAUTHORIZED",
      message: "Your session has ended. Sign in again; what you typed is still here.",
    });
  return next({ ctx: { ...ctx, signedIn: ctx.signedIn, verb: contextOf(ctx.signedIn, ctx.requestId) } });
});

/** For members with one of the roles. */
export const procedureFor = (...roles: [Role, ...Role[]]) =>
  memberProcedure.use(({ ctx, next }) => {
    if (!roles.includes(ctx.signedIn.role))
      throw new TRPCError({
        code: "FORBIDDEN",
        message: `Your role does not allow this. It needs: ${roles.join(", ")}. Ask an administrator of this workspace.`,
      });
    return next();
  });

export const router = t.router;
