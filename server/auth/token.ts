import { decode, type JWT } from "next-auth/jwt";
import { env } from "@/env";
import { mac } from "@/server/platform/secrets";

/** A session ends this long after its sign-in, whatever happens. */
export const SESSION_SECONDS = 30 * 24 * 60 * 60;

/** Cookies are `Secure` when people reach the product over https. */
export const secureCookies = env.RINGBACK_URL.startsWith("https://");

// next-auth's own names. Fixed by our address, not by each request's headers, so that every reader agrees.
export const sessionCookie = `${secureCookies ? "__Secure-" : ""}next-auth.session-token`;

/** What encrypts the session token: NEXTAUTH_SECRET, or a key derived from the root secret. */
export const tokenSecret = (): string =>
  env.NEXTAUTH_SECRET ?? mac("next-auth", "session tokens").toString("base64url");

/** The session id in a token that we made and that has not expired; null for anything else. Looks at no database. */
export async function sessionIdOf(token: string | undefined): Promise<string | null> {
  if (!token) return null;
  try {
    const claims: JWT | null = await decode({ token, secret: tokenSecret() });
    return typeof claims?.sessionId === "string" ? claims.sessionId : null;
  } catch {
    return null; // forged, expired, or made with another secret: nobody is signed in
  }
}
