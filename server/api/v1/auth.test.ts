import { beforeEach, describe, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeMember, makeWorkspace } from "@/db/testing/factories";
import { createKey } from "@/server/api-keys";
import { hashPassword } from "@/server/auth";
import { listSessions } from "@/server/auth/list-sessions";
import { revokeSession } from "@/server/auth/revoke-sessions";
import type { Role } from "@/server/platform/context";
import { failureSchema, successSchema } from "./envelope";
import { operations } from "./operations";
import { call } from "./testing/call";

const db = await testDatabase();
const PASSWORD = "correct horse battery";
const passwordHash = await hashPassword(PASSWORD);
let member: Awaited<ReturnType<typeof makeMember>>;
let email: string;

beforeEach(async () => {
  await db.owner`delete from throttles`;
  member = await makeMember(db.owner, await makeWorkspace(db.owner), "marketer");
  email = `${member.userId}@example.test`;
  await db.owner`update users set password_hash = ${passwordHash} where id = ${member.userId}`;
});

const login = (body: object) => call("POST", "/auth/login", { body });
const refresh = (refresh_token: string) => call("POST", "/auth/refresh", { body: { refresh_token } });
const open = async (token: string, address = "/customers") =>
  (await call("GET", address, { key: token })).status;
const signedIn = async () => (await login({ email, password: PASSWORD })).body;

describe("signing in", () => {
  test("answers tokens and the person at the top, as mobile clients expect", async () => {
    const { status, body, headers } = await login({ email: email.toUpperCase(), password: PASSWORD });
    expect(status).toBe(200);
    const found = operations.find(({ id }) => id === "login");
    if (!found) throw new Error("no such operation");
    successSchema(found.data, false, found.beside).parse(body);
    expect(body).toMatchObject({
      success: true,
      expires_in: 900,
      user: { id: member.userId, name: "A marketer", role: "marketer", status: "active" },
      data: { token_type: "Bearer", workspace_id: member.workspaceId },
    });
    expect(headers.get("cache-control")).toBe("no-store");
    expect(await open(body.access_token)).toBe(200);
    // The refresh token opens nothing by itself.
    expect(await open(body.refresh_token)).toBe(401);
    const kept = await db.owner`select * from session_tokens`;
    expect(JSON.stringify(kept)).not.toContain(body.access_token);
    expect(JSON.stringify(kept)).not.toContain(body.refresh_token);
  });

  test("goes by phone number too", async () => {
    const phone = `+9198${String(Date.now()).slice(-8)}`;
    await db.owner`update users set phone = ${phone} where id = ${member.userId}`;
    const { status, body } = await login({ phone_number: phone, password: PASSWORD });
    expect([status, body.user?.id]).toEqual([200, member.userId]);
  });

  test("tells no stranger who has an account, and stops guesses", async () => {
    const wrong = await login({ email, password: "not the password" });
    const unknown = await login({ email: "nobody@example.test", password: "not the password" });
    expect([wrong.status, wrong.body.error]).toEqual([401, unknown.body.error]);
    expect(failureSchema.parse(unknown.body).error.code).toBe("unauthenticated");
    for (let tries = 0; tries < 7; tries++) await login({ email, password: "not the password" });
    const stopped = await login({ email, password: PASSWORD });
    expect([stopped.status, stopped.body.error.code]).toEqual([429, "rate_limited"]);
    expect(Number(stopped.headers.get("retry-after"))).toBeGreaterThan(0);
  });

  test.each([{}, { email: "a@example.test" }, { email: "a@b.test", phone_number: "1", password: "x" }])(
    "with %j is malformed",
    async (body) => {
      const answer = await login(body);
      expect([answer.status, failureSchema.parse(answer.body).error.code]).toEqual([
        422,
        "validation_failed",
      ]);
    },
  );
});

describe("an access token", () => {
  test("opens what its person’s role opens, and nothing else", async () => {
    const { access_token: token } = await signedIn();
    const erase = await call("DELETE", `/customers/${member.userId}`, { key: token });
    expect([erase.status, erase.body.error.code]).toEqual([403, "forbidden"]);
    const events = await call("POST", "/events", {
      key: token,
      body: { events: [{ name: "inquiry", customer: { external_id: "none" } }] },
    });
    expect(events.status).not.toBe(401);
  });

  test("acts as the person: what they do stands in the log under their name", async () => {
    const { access_token: token } = await signedIn();
    const made = await call("POST", "/customers", { key: token, body: { external_id: "C1", name: "Asha" } });
    expect(made.status).toBe(201);
    const [entry] = await db.owner`select actor_kind, actor_id from audit_entries
      where workspace_id = ${member.workspaceId} and action = 'customer.created'`;
    expect(entry).toEqual({ actor_kind: "user", actor_id: member.userId });
  });

  test("runs out, while the refresh token still gives the next pair", async () => {
    const first = await signedIn();
    await db.moveClock("16 minutes");
    expect(await open(first.access_token)).toBe(401);
    const { status, body } = await refresh(first.refresh_token);
    expect(status).toBe(200);
    expect(await open(body.access_token)).toBe(200);
    await db.moveClock("0");
  });

  test("of an ended session, an ended membership or a disabled person opens nothing", async () => {
    const { access_token: token, refresh_token } = await signedIn();
    const [session] = await listSessions(member);
    await revokeSession(member, { sessionId: session?.id ?? "" });
    expect([await open(token), (await refresh(refresh_token)).status]).toEqual([401, 401]);
    const second = await signedIn();
    await db.owner`update users set status = 'disabled' where id = ${member.userId}`;
    expect([await open(second.access_token), (await refresh(second.refresh_token)).status]).toEqual([
      401, 401,
    ]);
    await db.owner`update users set status = 'active' where id = ${member.userId}`;
    await db.owner`update memberships set status = 'removed' where user_id = ${member.userId}`;
    expect([await open(second.access_token), (await refresh(second.refresh_token)).status]).toEqual([
      401, 401,
    ]);
  });

  test("ends with signing out", async () => {
    const { access_token: token, refresh_token } = await signedIn();
    expect((await call("POST", "/auth/logout", { key: token })).status).toBe(200);
    expect([await open(token), (await refresh(refresh_token)).status]).toEqual([401, 401]);
  });

  test("is what signs out: a key has no session", async () => {
    const admin = await makeMember(db.owner, member.workspaceId, "admin" satisfies Role);
    const { key } = await createKey(admin, { name: "CRM", scopes: ["*"] });
    const { status, body } = await call("POST", "/auth/logout", { key });
    expect([status, body.error.code]).toEqual([403, "forbidden"]);
  });
});

describe("a refresh token", () => {
  test("works once; a second time it ends the session with every token of it, and says so in the log", async () => {
    const first = await signedIn();
    const { body: second } = await refresh(first.refresh_token);
    expect(second.refresh_token).not.toBe(first.refresh_token);
    expect((await refresh(first.refresh_token)).status).toBe(401);
    expect([await open(second.access_token), (await refresh(second.refresh_token)).status]).toEqual([
      401, 401,
    ]);
    const entries = await db.owner`select 1 from audit_entries
      where workspace_id = ${member.workspaceId} and action = 'session.token_reused'`;
    expect(entries).toHaveLength(1);
  });

  test("sent twenty times at once gives one pair at most, which then opens nothing", async () => {
    const first = await signedIn();
    const answers = await Promise.all(Array.from({ length: 20 }, () => refresh(first.refresh_token)));
    const given = answers.filter(({ status }) => status === 200);
    expect(given.length).toBeLessThanOrEqual(1);
    for (const { body } of given) expect(await open(body.access_token)).toBe(401);
  });

  test("that nobody was given changes nothing", async () => {
    await signedIn();
    for (const token of ["x", `rbr_${"x".repeat(43)}`]) expect((await refresh(token)).status).toBe(401);
    expect(await listSessions(member)).toHaveLength(1);
  });
});
