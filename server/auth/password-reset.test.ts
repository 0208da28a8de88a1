import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeWorkspace } from "@/db/testing/factories";
import { systemContext } from "@/server/platform/context";
import { createUser } from "@/server/workspaces";
import { changePassword } from "./change-password";
import { listSessions } from "./list-sessions";
import { findLiveSession } from "./live-session";
import { sendRequestedMail } from "./mail";
import { requestPasswordReset } from "./request-password-reset";
import { findPasswordReset, resetPassword } from "./reset-password";
import { revokeOtherSessions, revokeSession } from "./revoke-sessions";
import { contextOf } from "./signed-in";
import { startSession } from "./start-session";
import { verifyCredentials } from "./verify-credentials";

const db = await testDatabase();
const old = "three blue kites";
const fresh = "four green boats";
const visitor = { address: "10.1.1.1", userAgent: "Mozilla/5.0 (Windows NT 10.0) Firefox/130.0" };
let workspaceId: string;
let userId: string;

beforeAll(async () => {
  workspaceId = await makeWorkspace(db.owner, "Ours");
  const ctx = systemContext(workspaceId);
  ({ userId } = await createUser(ctx, {
    name: "Asha",
    email: "asha@example.test",
    password: old,
    role: "admin",
  }));
  await createUser(ctx, { name: "Bina", phone: "98765 43211", password: old, role: "agent" });
});

beforeEach(async () => {
  await db.owner`delete from throttles`;
  await db.owner`delete from system_mails`;
});

/** The token of the newest mail, read where the person would read it. */
async function newestToken(): Promise<string> {
  const [mail] = await db.owner<{ id: string }[]>`select id from system_mails order by id desc limit 1`;
  await sendRequestedMail(systemContext(workspaceId), mail?.id ?? "");
  const [message] = await db.owner<
    { text: string }[]
  >`select text from sandbox_messages where public_id = ${mail?.id ?? ""}`;
  return /reset-password\/([\w-]+)/.exec(message?.text ?? "")?.[1] ?? "";
}

async function signedIn() {
  const found = await findLiveSession(await startSession(userId, visitor));
  if (!found) throw new Error("no session");
  return found;
}

describe("a forgotten password", () => {
  test("is replaced once by the mailed link, which ends every session", async () => {
    const before = await startSession(userId, visitor);
    await requestPasswordReset("asha@example.test", visitor);
    const token = await newestToken();
    expect(await findPasswordReset(token)).toEqual({ userId });
    const results = await Promise.allSettled([
      resetPassword({ token, password: fresh }),
      resetPassword({ token, password: "five red trains" }),
    ]);
    expect(results.map((result) => result.status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(await findLiveSession(before)).toBeNull();
    await expect(resetPassword({ token, password: old })).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(verifyCredentials("asha@example.test", old, visitor)).rejects.toMatchObject({
      code: "UNAUTHENTICATED",
    });
    const [{ n } = { n: 0 }] = await db.owner<
      { n: number }[]
    >`select count(*)::int as n from audit_entries where action = 'password.reset'`;
    expect(n).toBe(1);
  });

  test("a link is worth nothing after 30 minutes, or once a newer one was asked for", async () => {
    await requestPasswordReset("asha@example.test", visitor);
    const first = await newestToken();
    await requestPasswordReset("asha@example.test", visitor);
    const second = await newestToken();
    expect(await findPasswordReset(first)).toBeNull();
    await db.moveClock("29 minutes");
    expect(await findPasswordReset(second)).not.toBeNull();
    await db.moveClock("31 minutes");
    expect(await findPasswordReset(second)).toBeNull();
    await expect(resetPassword({ token: second, password: fresh })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
    await db.moveClock("0");
  });

  test("an unknown address, a person without one and a fourth request answer alike, and send nothing", async () => {
    const mails = async () => (await db.owner`select id from system_mails`).length;
    await requestPasswordReset("nobody@example.test", visitor);
    await requestPasswordReset("98765 43211", visitor);
    expect(await mails()).toBe(0);
    for (let time = 0; time < 4; time++) await requestPasswordReset("asha@example.test", visitor);
    expect(await mails()).toBe(3);
  });

  test("the link stands in the database only encrypted, and not at all once it was sent", async () => {
    await requestPasswordReset("asha@example.test", visitor);
    const [waiting] = await db.owner`select encrypted_text from system_mails`;
    expect(waiting?.encrypted_text).toMatch(/^v1\./);
    expect(waiting?.encrypted_text).not.toContain("reset-password");
    const token = await newestToken();
    const [sent] = await db.owner`select encrypted_text, sent_at is not null as sent from system_mails`;
    expect(sent).toEqual({ encrypted_text: "", sent: true });
    expect(JSON.stringify(await db.owner`select * from password_resets`)).not.toContain(token);
  });
});

test("a requested mail leaves once, however often the engine asks", async () => {
  await requestPasswordReset("asha@example.test", visitor);
  const [mail] = await db.owner<{ id: string }[]>`select id from system_mails`;
  const send = () => sendRequestedMail(systemContext(workspaceId), mail?.id ?? "");
  await Promise.all([send(), send()]);
  await send();
  expect(await db.owner`select id from sandbox_messages where public_id = ${mail?.id ?? ""}`).toHaveLength(1);
});

describe("the own sessions", () => {
  test("a changed password ends the others and keeps this one; the current password is needed", async () => {
    await db.owner`update users set password_hash = (select password_hash from users where name = 'Bina') where id = ${userId}`;
    const here = await signedIn();
    const there = await signedIn();
    const ctx = contextOf(here, "request");
    const change = (current: string) =>
      changePassword(ctx, { current, next: fresh, keepSessionId: here.sessionId });
    await expect(change("wrong")).rejects.toMatchObject({ code: "BAD_INPUT" });
    await change(old);
    expect(await findLiveSession(here.sessionId)).not.toBeNull();
    expect(await findLiveSession(there.sessionId)).toBeNull();
    expect(await verifyCredentials("asha@example.test", fresh, visitor)).toBe(userId);
  });

  test("are listed with their browser, and end one by one or all but this", async () => {
    const [here, one, two] = [await signedIn(), await signedIn(), await signedIn()];
    const ctx = contextOf(here, "request");
    const listed = await listSessions(ctx);
    expect(listed.map((line) => line.id)).toEqual(expect.arrayContaining([here.sessionId, one.sessionId]));
    expect(listed[0]).toMatchObject({ browser: "Firefox on Windows", workspaceName: "Ours" });
    await revokeSession(ctx, { sessionId: one.sessionId });
    expect(await findLiveSession(one.sessionId)).toBeNull();
    await revokeOtherSessions(ctx, { keep: here.sessionId });
    expect(await findLiveSession(two.sessionId)).toBeNull();
    expect((await listSessions(ctx)).map((line) => line.id)).toEqual([here.sessionId]);
  });

  test("somebody else's session answers like a missing one", async () => {
    const mine = await signedIn();
    const [bina] = await db.owner<{ id: string }[]>`select id from users where name = 'Bina'`;
    const theirs = await startSession(bina?.id ?? "", visitor);
    const ctx = contextOf(mine, "request");
    await expect(revokeSession(ctx, { sessionId: theirs })).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(await findLiveSession(theirs)).not.toBeNull();
  });
});
