import "server-only";
import { cookies, headers } from "next/headers";
import { cache } from "react";
import { findLiveSession } from "./live-session";
import { askedPathHeader, safeReturnPath } from "./schemas";
import type { SignedIn } from "./signed-in";
import { sessionCookie, sessionIdOf } from "./token";

/** The live session of this request, or null. One statement, once a request; a revoked session is null at once. */
export const currentSignedIn = cache(async (): Promise<SignedIn | null> => {
  const sessionId = await sessionIdOf((await cookies()).get(sessionCookie)?.value);
  return sessionId ? findLiveSession(sessionId) : null;
});

/** The sign-in page, with the asked page to return to. */
export async function signInPath(): Promise<string> {
  const asked = safeReturnPath((await headers()).get(askedPathHeader));
  return asked === "/" ? "/sign-in" : `/sign-in?next=${encodeURIComponent(asked)}`;
}
