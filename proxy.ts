import { type NextRequest, NextResponse } from "next/server";
import { env } from "@/env";
import { contentSecurityPolicy, newNonce, securityHeaders } from "@/server/auth/headers";
import { askedPathHeader, isPublicPath, safeReturnPath } from "@/server/auth/schemas";
import { sessionCookie, sessionIdOf } from "@/server/auth/token";

/**
 * Runs before every page: sends visitors without a session token to the sign-in page, and sets the security headers. A
 * first sieve only: whether the session still lives is asked of the database where something is read or done.
 */
export async function proxy(request: NextRequest): Promise<NextResponse> {
  const { pathname, search } = request.nextUrl;
  const policy = {
    nonce: newNonce(),
    development: env.NODE_ENV === "development",
    https: isHttps(request),
  };
  const contentPolicy = contentSecurityPolicy(policy);
  const response = (await mayEnter(request))
    ? NextResponse.next({ request: { headers: passedOn(request, policy.nonce, contentPolicy) } })
    : redirectTo(request, safeReturnPath(`${pathname}${search}`));
  response.headers.set("Content-Security-Policy", contentPolicy);
  for (const [name, value] of Object.entries(securityHeaders(policy))) response.headers.set(name, value);
  return response;
}

async function mayEnter(request: NextRequest): Promise<boolean> {
  if (isPublicPath(request.nextUrl.pathname)) return true;
  return (await sessionIdOf(request.cookies.get(sessionCookie)?.value)) !== null;
}

/** Next reads the nonce for its own scripts from the policy in the request. */
function passedOn(request: NextRequest, nonce: string, contentPolicy: string): Headers {
  const headers = new Headers(request.headers);
  headers.set("x-nonce", nonce);
  headers.set("content-security-policy", contentPolicy);
  headers.set(askedPathHeader, `${request.nextUrl.pathname}${request.nextUrl.search}`);
  return headers;
}

function redirectTo(request: NextRequest, asked: string): NextResponse {
  const target = request.nextUrl.clone();
  target.pathname = "/sign-in";
  target.search = asked === "/" ? "" : `?next=${encodeURIComponent(asked)}`;
  return NextResponse.redirect(target);
}

function isHttps(request: NextRequest): boolean {
  return request.headers.get("x-forwarded-proto")?.split(",")[0]?.trim() === "https";
}

export const config = {
  // Built files, icons and the manifest (which browsers ask for without a session) are the same for everybody and carry no page. Uploads: Next keeps the body of what passes here in memory
  // and cuts it at 10 MB; that door asks for the session itself. Providers' calls are signed, many, and show no page; other systems send a key; only the page that describes their door is a page.
  matcher: [
    "/((?!_next/static|_next/image|favicon.ico|icon.svg|apple-icon.png|icons/|manifest.webmanifest|api/imports$|api/webhooks/|api/v1/(?!docs$)).*)",
  ],
};
