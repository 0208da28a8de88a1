import { initTRPC } from "@trpc/server";
import superjson from "superjson";
import { ZodError } from "zod";
import type { SignedIn } from "@/server/auth/signed-in";
import { AppError } from "@/server/platform/errors";

/** What a request brings: the signed-in person with the workspace of the session, or nobody. */
export type RequestContext = { signedIn: SignedIn | null; requestId: string };

export const t = initTRPC.context<RequestContext>().create({
  transformer: superjson,
  errorFormatter: ({ shape, error }) => ({
    ...shape,
    message: error.cause instanceof ZodError ? "Some fields need attention." : shape.message,
    data: {
      ...shape.data,
      stack: undefined,
      appCode: error.cause instanceof AppError ? error.cause.code : null,
      details: error.cause instanceof AppError ? error.cause.details : null,
      /** Field path → sentence, for the form. */
      fields:
        error.cause instanceof ZodError
          ? Object.fromEntries(error.cause.issues.map((issue) => [issue.path.join("."), issue.message]))
          : null,
    },
  }),
  // A stream ends after five minutes and the tab asks anew: a revoked session does not listen on.
  sse: {
    maxDurationMs: 300_000,
    ping: { enabled: true, intervalMs: 15_000 },
    client: { reconnectAfterInactivityMs: 40_000 },
  },
});
