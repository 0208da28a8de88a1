import type { AuthOptions } from "next-auth";
import CredentialsProvider from "next-auth/providers/credentials";
import { AppError } from "@/server/platform/errors";
import { isId } from "@/server/platform/ids";
import { loggerFor } from "@/server/platform/logger";
import { hasOidc, oidcProvider } from "./oidc";
import { requireWorkspace, startSession } from "./start-session";
import { SESSION_SECONDS, secureCookies, sessionCookie, tokenSecret } from "./token";
import { verifyCredentials } from "./verify-credentials";
import type { Visitor } from "./visitor";

const log = loggerFor("auth");

/** next-auth for one request: credentials, tokens that carry a session id, and our own pages. */
export function authOptions(visitor: Visitor): AuthOptions {
  return {
    secret: tokenSecret(),
    session: { strategy: "jwt", maxAge: SESSION_SECONDS },
    useSecureCookies: secureCookies,
    cookies: {
      sessionToken: {
        name: sessionCookie,
        options: { httpOnly: true, sameSite: "lax", path: "/", secure: secureCookies },
      },
    },
    pages: { signIn: "/sign-in", signOut: "/sign-in", error: "/sign-in" },
    providers: [
      CredentialsProvider({
        credentials: { identifier: { type: "text" }, password: { type: "password" } },
        authorize: (given) => authorize(given?.identifier ?? "", given?.password ?? "", visitor),
      }),
      ...(hasOidc() ? [oidcProvider()] : []),
    ],
    callbacks: {
      signIn: ({ user }) => isMember(user.id),
      // `user` comes only with a sign-in; every other call hands the token on unchanged.
      jwt: async ({ token, user }) =>
        user ? { sub: user.id, sessionId: await startSession(user.id, visitor) } : token,
    },
    logger: {
      error: (code, detail) =>
        log.error({ code, message: detail instanceof Error ? detail.message : undefined }, "sign-in failed"),
      warn: (code) => log.warn({ code }, "sign-in warning"),
      debug: () => {},
    },
  };
}

/** Refused here, somebody without a workspace reads why; later they would only see an error. */
async function isMember(userId: string): Promise<boolean> {
  if (!isId(userId)) return false;
  try {
    return Boolean(await requireWorkspace(userId));
  } catch (error) {
    if (error instanceof AppError) return false;
    throw error;
  }
}

async function authorize(identifier: string, password: string, visitor: Visitor): Promise<{ id: string }> {
  try {
    return { id: await verifyCredentials(identifier, password, visitor) };
  } catch (error) {
    // next-auth hands the message to the page: ours is safe to show, a defect's is not.
    if (error instanceof AppError) throw new Error(error.message);
    log.error({ err: error }, "sign-in failed");
    throw new Error("Something went wrong on our side. Try again.");
  }
}
