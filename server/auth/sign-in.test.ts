import { beforeAll, describe, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeMember, makeWorkspace } from "@/db/testing/factories";
import { systemContext } from "@/server/platform/context";
import { newId } from "@/server/platform/ids";
import { createUser } from "@/server/workspaces";
import { listDemoSignIns } from "./demo";
import { endSession } from "./end-session";
import { findLiveSession } from "./live-session";
import { startSession } from "./start-session";
import { switchWorkspace } from "./switch-workspace";
import { verifyCredentials } from "./verify-credentials";

const db = await testDatabase();
const password = "three blue kites";
let workspaceId: string;
let other: string;
let asha: string;
let hops = 0;
/** A visitor from an address of their own: throttles by address must not meet between tests. */
const visitor = () => ({ address: `10.0.0.${++hops}`, userAgent: "test" });

beforeAll(async () => {
  workspaceId = await makeWorkspace(db.owner, "Ours");
  other = await makeWorkspace(db.owner, "Other");
  const made = await createUser(systemContext(workspaceId), {
    name: "Asha",
    email: "Asha@Example.test",
    phone: "098765 43210",
    password,
    role: "marketer",
  });
  asha = made.userId;
});

describe("credentials", () => {
  test("an e-mail address or a phone number in any spelling, and the password, are the person", async () => {
    for (const typed of ["asha@example.test", " ASHA@example.test ", "+91 98765-43210", "9876543210"])
      expect(await verifyCredentials(typed, password, visitor()), typed).toBe(asha);
  });

  test("a wrong password, an unknown person, a disabled one and one without a password answer alike", async () => {
    const bare = await makeMember(db.owner, workspaceId);
    const gone = await createUser(systemContext(workspaceId), {
      name: "Gone",
      email: "gone@example.test",
      password,
      role: "agent",
    });
    await db.owner`update users set status = 'disabled' where id = ${gone.userId}`;
    const sentences: string[] = [];
    for (const [typed, word] of [
      ["asha@example.test", "wrong"],
      ["nobody@example.test", password],
      ["gone@example.test", password],
      [`${bare.userId}@example.test`, ""],
      ["not an address", password],
    ] as const)
      await verifyCredentials(typed, word, visitor()).catch((error: Error) => sentences.push(error.message));
    // Five: whoever got in would be missing here.
    expect(sentences).toEqual(
      Array(5).fill("This e-mail address or phone number and password do not match."),
    );
  });

  test("a person without a workspace is told so, but only after the right password", async () => {
    const lonely = await createUser(systemContext(workspaceId), {
      name: "Lonely",
      email: "lonely@example.test",
      password,
      role: "agent",
    });
    await db.owner`update memberships set status = 'removed' where user_id = ${lonely.userId}`;
    const refuse = (word: string) => verifyCredentials("lonely@example.test", word, visitor());
    await expect(refuse("wrong")).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
    await expect(refuse(password)).rejects.toMatchObject({ code: "FORBIDDEN" });
  });

  test("an old hash is made again at the next sign-in", async () => {
    const { scryptSync } = await import("node:crypto");
    const key = scryptSync(password, Buffer.alloc(16), 32, { N: 2 ** 14, r: 8, p: 1 }).toString("base64");
    const stored = `$scrypt$ln=14,r=8,p=1$${Buffer.alloc(16).toString("base64")}$${key}`;
    await db.owner`update users set password_hash = ${stored} where id = ${asha}`;
    await verifyCredentials("asha@example.test", password, visitor());
    const [row] = await db.owner<
      { password_hash: string }[]
    >`select password_hash from users where id = ${asha}`;
    expect(row?.password_hash).toMatch(/^\$scrypt\$ln=15/);
    expect(await verifyCredentials("asha@example.test", password, visitor())).toBe(asha);
  });
});

describe("throttling", () => {
  test("guesses against one person stop after eight, from any address, and the sentence says when to try again", async () => {
    const guess = () => verifyCredentials("target@example.test", "wrong", visitor()).catch((error) => error);
    const answers = await Promise.all(Array.from({ length: 10 }, guess));
    expect(answers.filter((error) => error.code === "UNAUTHENTICATED")).toHaveLength(8);
    const refused = answers.filter((error) => error.code === "LIMIT_EXCEEDED");
    expect(refused).toHaveLength(2);
    expect(refused[0].message).toBe("Too many attempts. Try again in 15 minutes.");
    await db.moveClock("10 minutes 5 seconds");
    expect((await guess()).message).toBe("Too many attempts. Try again in 5 minutes.");
    await db.moveClock("15 minutes 5 seconds");
    expect((await guess()).code).toBe("UNAUTHENTICATED");
    await db.moveClock("0");
  });

  test("one address cannot try person after person; good sign-ins from it do not count", async () => {
    const from = visitor();
    await db.owner`delete from throttles`;
    const row = () => db.owner<{ count: number }[]>`select count from throttles where count > 0`;
    await verifyCredentials("asha@example.test", password, from);
    expect(await row()).toEqual([]);
    // As if 59 tries had come from there: hashing them all would take a minute.
    await db.owner`update throttles set count = 59, window_started_at = clock_now()`;
    await verifyCredentials("p1@example.test", "x", from).catch(() => {});
    await expect(verifyCredentials("p2@example.test", "x", from)).rejects.toMatchObject({
      code: "LIMIT_EXCEEDED",
    });
  });

  test("a throttle key tells neither the person nor the address", async () => {
    await verifyCredentials("target@example.test", "wrong", visitor()).catch(() => {});
    const keys = await db.owner<{ key: string }[]>`select key from throttles`;
    expect(keys.length).toBeGreaterThan(1);
    for (const { key } of keys) expect(key).toMatch(/^[\w-]{43}$/);
  });
});

describe("sessions", () => {
  test("a session is the person, the workspace and the role; it starts with an audit entry", async () => {
    const id = await startSession(asha, visitor());
    expect(await findLiveSession(id)).toMatchObject({
      sessionId: id,
      user: { id: asha, name: "Asha", email: "asha@example.test" },
      workspace: { id: workspaceId, name: "Ours", timeZone: "Asia/Kolkata" },
      role: "marketer",
      isApprover: false,
    });
    const [entry] =
      await db.owner`select action, workspace_id, actor_id from audit_entries where subject_id = ${id}`;
    expect(entry).toEqual({ action: "session.started", workspace_id: workspaceId, actor_id: asha });
  });

  test("revoked, expired, of a disabled person, of a removed member: nobody from the next request on", async () => {
    const id = await startSession(asha, visitor());
    const live = async () => (await findLiveSession(id)) !== null;
    expect(await live()).toBe(true);
    await db.owner`update users set status = 'disabled' where id = ${asha}`;
    expect(await live()).toBe(false);
    await db.owner`update users set status = 'active' where id = ${asha}`;
    await db.owner`update memberships set status = 'removed' where user_id = ${asha}`;
    expect(await live()).toBe(false);
    await db.owner`update memberships set status = 'active' where user_id = ${asha}`;
    await db.moveClock("29 days");
    expect(await live()).toBe(true);
    await db.moveClock("30 days 1 minute");
    expect(await live()).toBe(false);
    await db.moveClock("0");
    const signedIn = await findLiveSession(id);
    if (signedIn) await endSession(signedIn);
    expect(await live()).toBe(false);
    const [{ n } = { n: 0 }] = await db.owner<
      { n: number }[]
    >`select count(*)::int as n from audit_entries where action = 'session.ended' and subject_id = ${id}`;
    expect(n).toBe(1);
  });

  test("a visit is noted at most once a minute", async () => {
    const id = await startSession(asha, visitor());
    const seen = async () =>
      (await db.owner<{ at: string }[]>`select last_seen_at::text as at from sessions where id = ${id}`)[0]
        ?.at;
    const first = await seen();
    await findLiveSession(id);
    expect(await seen()).toBe(first);
    await db.moveClock("61 seconds");
    await findLiveSession(id);
    const second = await seen();
    expect(second).not.toBe(first);
    await findLiveSession(id);
    expect(await seen()).toBe(second);
    await db.moveClock("0");
  });

  test("nonsense is no session", async () => {
    for (const id of ["", "x", newId()]) expect(await findLiveSession(id)).toBeNull();
  });

  test("a session moves to another workspace of the person, and the next one opens there; a foreign workspace answers like a missing one", async () => {
    await db.owner`delete from sessions`; // those of tests that moved the clock lie in the future
    const id = await startSession(asha, visitor());
    const signedIn = await findLiveSession(id);
    if (!signedIn) throw new Error("no session");
    for (const foreign of [other, newId(), "x"])
      await expect(switchWorkspace(signedIn, foreign)).rejects.toMatchObject({ code: "NOT_FOUND" });
    await db.owner`insert into memberships (id, workspace_id, user_id, role) values (${newId()}, ${other}, ${asha}, 'admin')`;
    await switchWorkspace(signedIn, other);
    expect(await findLiveSession(id)).toMatchObject({ workspace: { id: other }, role: "admin" });
    await db.owner`update sessions set last_seen_at = last_seen_at + interval '1 hour' where id = ${id}`;
    expect(await findLiveSession(await startSession(asha, visitor()))).toMatchObject({
      workspace: { id: other },
    });
  });
});

test("demo sign-ins are offered only where there is a demo workspace, and only its seeded people", async () => {
  expect(await listDemoSignIns()).toEqual([]);
  const demo = await makeWorkspace(db.owner, "Demo");
  await db.owner`update workspaces set is_demo = true where id = ${demo}`;
  const make = (email: string, role: "admin" | "agent") =>
    createUser(systemContext(demo), { name: role, email, password: "ringback-demo", role });
  await make("admin@demo.ringback.test", "admin");
  await make("real.person@example.test", "agent");
  expect(await listDemoSignIns()).toEqual([
    {
      name: "admin",
      email: "admin@demo.ringback.test",
      password: "ringback-demo",
      roleLabel: "Administrator",
    },
  ]);
});
