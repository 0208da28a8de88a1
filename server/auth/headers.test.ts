import { NextRequest } from "next/server";
import { encode } from "next-auth/jwt";
import { describe, expect, test } from "vitest";
import { proxy } from "@/proxy";
import { sessionCookie, tokenSecret } from "./token";

const ask = (path: string, headers: Record<string, string> = {}) =>
  proxy(new NextRequest(`http://localhost:4321${path}`, { headers }));

const nonceOf = (response: Response) =>
  /'nonce-([^']+)'/.exec(response.headers.get("content-security-policy") ?? "")?.[1];

const cookieOf = async (claims: Record<string, unknown>, secret = tokenSecret()) =>
  `${sessionCookie}=${await encode({ token: claims, secret })}`;

describe("the door", () => {
  test("a visitor without a session goes to sign-in and comes back to the asked page", async () => {
    const response = await ask("/campaigns/1?tab=content");
    expect(response.status).toBe(307);
    expect(response.headers.get("location")).toBe(
      "http://localhost:4321/sign-in?next=%2Fcampaigns%2F1%3Ftab%3Dcontent",
    );
  });

  test("a token that we made opens; a forged one and one of another secret do not", async () => {
    const open = async (cookie: string) => (await ask("/campaigns", { cookie })).status === 200;
    expect(await open(await cookieOf({ sessionId: "x" }))).toBe(true);
    expect(await open(await cookieOf({ sessionId: "x" }, "another secret"))).toBe(false);
    expect(await open(await cookieOf({ sub: "x" }))).toBe(false);
    expect(await open(`${sessionCookie}=nonsense`)).toBe(false);
  });

  test("strangers' pages are open, and the asked path is passed on", async () => {
    const response = await ask("/unsubscribe/abc?x=1");
    expect(response.status).toBe(200);
    expect(response.headers.get("x-middleware-request-x-ringback-path")).toBe("/unsubscribe/abc?x=1");
  });

  test("a client cannot give itself a nonce", async () => {
    const response = await ask("/sign-in", { "x-nonce": "mine", "content-security-policy": "script-src *" });
    expect(response.headers.get("x-middleware-request-x-nonce")).toBe(nonceOf(response));
    expect(response.headers.get("x-middleware-request-content-security-policy")).toBe(
      response.headers.get("content-security-policy"),
    );
  });
});

describe("security headers", () => {
  test.each([
    "/ask/token",
    "/call-me/token",
    "/call/token",
    "/f/token",
    "/preferences/token",
    "/unsubscribe/token",
    "/report/token",
    "/s/token",
    "/widget/key",
    "/widget.js",
    "/readyz",
    "/metrics",
  ])("%s needs no session, and carries them as every page does", async (path) => {
    const response = await ask(path, { "x-forwarded-proto": "https" });
    expect(response.status).toBe(200);
    const { headers } = response;
    const policy = headers.get("content-security-policy") ?? "";
    expect(policy.split("; ").find((part) => part.startsWith("script-src"))).not.toContain("unsafe-inline");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(headers.get("referrer-policy")).toBe("strict-origin-when-cross-origin");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("strict-transport-security")).toContain("max-age=63072000");
  });

  test("scripts need a nonce of this one answer; nothing inline, nothing evaluated, no frame around us", async () => {
    const [one, other] = await Promise.all([ask("/sign-in"), ask("/sign-in")]);
    const policy = one.headers.get("content-security-policy") ?? "";
    const scripts = policy.split("; ").find((part) => part.startsWith("script-src"));
    expect(scripts).toBe(`script-src 'self' 'nonce-${nonceOf(one)}' 'strict-dynamic'`);
    for (const part of [
      "default-src 'self'",
      "frame-ancestors 'none'",
      "object-src 'none'",
      "base-uri 'self'",
    ])
      expect(policy).toContain(part);
    expect(nonceOf(one)).not.toBe(nonceOf(other));
    expect(one.headers.get("x-content-type-options")).toBe("nosniff");
    expect(one.headers.get("referrer-policy")).toBe("strict-origin-when-cross-origin");
    expect(one.headers.get("permissions-policy")).toContain("camera=()");
  });

  test("the redirect to sign-in carries them too", async () => {
    expect((await ask("/campaigns")).headers.get("content-security-policy")).toContain("default-src 'self'");
  });

  test("https is made to stick only where it was used", async () => {
    expect((await ask("/sign-in")).headers.get("strict-transport-security")).toBeNull();
    const secure = await ask("/sign-in", { "x-forwarded-proto": "https" });
    expect(secure.headers.get("strict-transport-security")).toContain("max-age=63072000");
    expect(secure.headers.get("content-security-policy")).toContain("upgrade-insecure-requests");
  });
});
