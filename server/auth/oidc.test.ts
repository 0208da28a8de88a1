import type { NextApiRequest, NextApiResponse } from "next";
import NextAuth from "next-auth";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeWorkspace } from "@/db/testing/factories";
import { env } from "@/env";
import { systemContext } from "@/server/platform/context";
import { createUser } from "@/server/workspaces";
import { findLiveSession } from "./live-session";
import { hasOidc } from "./oidc";
import { authOptions } from "./options";
import { type IdentityProvider, startIdentityProvider } from "./testing/identity-provider";
import { sessionCookie, sessionIdOf } from "./token";

const db = await testDatabase();
const visitor = { address: "10.4.0.1", userAgent: null };
let provider: IdentityProvider;
let userId: string;

beforeAll(async () => {
  vi.stubEnv("AUTH_TRUST_HOST", "true");
  provider = await startIdentityProvider();
  const workspaceId = await makeWorkspace(db.owner);
  ({ userId } = await createUser(systemContext(workspaceId), {
    name: "Asha",
    email: "asha@example.test",
    password: "three blue kites",
    role: "marketer",
  }));
});

beforeEach(() => {
  Object.assign(env, {
    OIDC_ISSUER: provider.issuer,
    OIDC_CLIENT_ID: provider.clientId,
    OIDC_CLIENT_SECRET: provider.clientSecret,
  });
});

afterAll(async () => {
  vi.unstubAllEnvs();
  await provider.stop();
});

/** A browser that keeps its cookies, in front of next-auth's door (its request-and-response form needs no Next around it). */
function browser() {
  const cookies: Record<string, string> = {};
  const ask = async (path: string, body?: Record<string, string>) => {
    const url = new URL(path, "http://localhost:4567/api/auth/");
    const answer = { redirect: "", body: {} as Record<string, string> };
    const response = {
      setHeader(name: string, value: string | string[]) {
        if (name === "Location") answer.redirect = String(value);
        if (name !== "Set-Cookie") return response;
        for (const line of [value].flat()) {
          const [, key = "", text = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
          cookies[key] = decodeURIComponent(text);
        }
        return response;
      },
      getHeader: () => undefined,
      status: () => response,
      send: (sent: Record<string, string>) => Object.assign(answer, { body: sent }),
      end: () => {},
    };
    const request = {
      method: body ? "POST" : "GET",
      headers: { host: "localhost:4567", "x-forwarded-proto": "http" },
      query: {
        ...Object.fromEntries(url.searchParams),
        nextauth: url.pathname.replace("/api/auth/", "").split("/"),
      },
      cookies,
      body: body ?? {},
    };
    await NextAuth(
      request as unknown as NextApiRequest,
      response as unknown as NextApiResponse,
      authOptions(visitor),
    );
    return answer;
  };
  return { cookies, ask };
}

async function signInAs(claims: Record<string, unknown>, tamper: { state?: string; code?: string } = {}) {
  const { cookies, ask } = browser();
  const { csrfToken = "" } = (await ask("csrf")).body;
  const { redirect } = await ask("signin/oidc", {
    csrfToken,
    callbackUrl: "http://localhost:4567/inbox",
  });
  const back = { ...provider.agree(redirect, { sub: "their-id", ...claims }), ...tamper };
  let answer = await ask(`callback/oidc?${new URLSearchParams(back)}`);
  while (answer.redirect.includes("/api/auth/")) answer = await ask(answer.redirect);
  const sessionId = await sessionIdOf(cookies[sessionCookie]);
  return { redirect: answer.redirect, session: sessionId ? await findLiveSession(sessionId) : null };
}

test("a verified address of a member is signed in, and comes back to the asked page", async () => {
  const { redirect, session } = await signInAs({ email: "Asha@Example.test", email_verified: true });
  expect(session?.user.id).toBe(userId);
  expect(redirect).toBe("http://localhost:4567/inbox");
});

test.each([
  ["an address that the provider did not verify", { email: "asha@example.test", email_verified: false }],
  ["an address about which it says nothing", { email: "asha@example.test" }],
  ["somebody without an account", { email: "nobody@example.test", email_verified: true }],
  ["no address at all", {}],
])("%s is refused", async (_, claims) => {
  const { redirect, session } = await signInAs(claims);
  expect(session).toBeNull();
  expect(redirect).toBe("/sign-in?error=AccessDenied");
});

test("a disabled person and a removed member are refused", async () => {
  const claims = { email: "asha@example.test", email_verified: true };
  await db.owner`update users set status = 'disabled' where id = ${userId}`;
  expect((await signInAs(claims)).session).toBeNull();
  await db.owner`update users set status = 'active' where id = ${userId}`;
  await db.owner`update memberships set status = 'removed' where user_id = ${userId}`;
  expect((await signInAs(claims)).session).toBeNull();
  await db.owner`update memberships set status = 'active' where user_id = ${userId}`;
});

test("a code that came back with another state or to another browser signs nobody in", async () => {
  const claims = { email: "asha@example.test", email_verified: true };
  for (const tamper of [{ state: "another" }, { code: "invented" }]) {
    const { session, redirect } = await signInAs(claims, tamper);
    expect(session).toBeNull();
    expect(redirect).toMatch(/\/sign-in\?.*error=OAuthCallback$/);
  }
});

test("without all three settings there is no such sign-in", async () => {
  env.OIDC_CLIENT_SECRET = undefined;
  expect(hasOidc()).toBe(false);
  expect(authOptions(visitor).providers.map((each) => each.id)).toEqual(["credentials"]);
});
