import { spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import path from "node:path";
import { expect, test, vi } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeWorkspace } from "@/db/testing/factories";
import { childEnvironment, env } from "@/env";
import { encodePublicId } from "@/server/deliveries/public-id";
import { temporaryDataDir } from "@/server/deliveries/testing/data-dir";
import { loadSecrets } from "@/server/platform/installation";
import { decryptSecret, encryptSecret } from "@/server/platform/secrets";
import { sealedColumns } from "./rotate";

// A process is started; nothing here depends on how long it takes.
vi.setConfig({ testTimeout: 120_000 });
const dataDir = temporaryDataDir();
const db = await testDatabase();
loadSecrets(dataDir);

const MAILS = 1_000;

/** A command of the operator's tool in a process of its own. */
function tool(...command: string[]) {
  const child = spawn(process.execPath, ["--import", "tsx", "server/cli/main.ts", ...command], {
    env: childEnvironment({
      DATABASE_URL: db.url,
      RINGBACK_DATA_DIR: dataDir,
      RINGBACK_SECRET: env.RINGBACK_SECRET,
    }),
    stdio: ["ignore", "pipe", "inherit"],
  });
  let words = "";
  child.stdout.on("data", (chunk: Buffer) => {
    words += chunk.toString();
  });
  const ended = once(child, "close").then(() => ({ code: child.exitCode, words }));
  return { kill: () => child.kill("SIGKILL"), ended };
}

const rotate = () => tool("secret", "rotate", "--only-machine");

const mails = () => db.owner<{ id: string; text: string }[]>`
  select id, encrypted_text as text from system_mails where encrypted_text <> '' order by id`;
const moved = async () => (await mails()).filter(({ text }) => text.startsWith("v2.")).length;
const readable = async () => (await mails()).every(({ id, text }) => decryptSecret(text) === `mail ${id}`);
const secretsOf = () => JSON.parse(fs.readFileSync(path.join(dataDir, "secrets.json"), "utf8"));

test("a database of the environment may serve other machines: a key that only this one would know is refused", async () => {
  const before = secretsOf();
  expect((await tool("secret", "rotate").ended).code).toBe(1);
  expect(secretsOf()).toEqual(before);
});

test("every column that holds encrypted text is rotated", async () => {
  const columns = await db.owner<{ place: string }[]>`
    select table_name || '.' || column_name as place from information_schema.columns
    where table_schema = 'public' and column_name like 'encrypted%' order by 1`;
  expect(columns.map(({ place }) => place)).toEqual(sealedColumns.map((column) => column.join(".")).sort());
});

test("a rotation that is killed in the middle loses nothing and goes on; then the old key is refused, and links live on", async () => {
  const workspaceId = await makeWorkspace(db.owner);
  const old = encryptSecret("under the old key");
  const link = encodePublicId({ part: 1, runNumber: 2, seq: 3 });
  const accounts = await db.owner<{ id: string }[]>`
    update channel_accounts set encrypted_secrets = ${encryptSecret("account")}, encrypted_dkim_key = ${encryptSecret("dkim")}
    where workspace_id = ${workspaceId} returning id`;
  expect(accounts.length).toBeGreaterThan(0);
  const ids = (
    await db.owner<{ id: string }[]>`
    select gen_random_uuid() as id from generate_series(1, ${MAILS})`
  ).map(({ id }) => id);
  await db.owner`
    insert into system_mails (id, workspace_id, kind, to_address, subject, encrypted_text)
    select id, ${workspaceId}, 'invitation', 'a@example.test', 'Hello', text
    from unnest(${ids}::uuid[], ${ids.map((id) => encryptSecret(`mail ${id}`))}::text[]) as t(id, text)`;
  const lost = crypto.randomUUID();
  await db.owner`
    insert into system_mails (id, workspace_id, kind, to_address, subject, encrypted_text)
    values (${crypto.randomUUID()}, ${workspaceId}, 'invitation', 'a@example.test', 'Sent already', '')`;

  // It comes as far as a row that somebody else changes, and dies waiting for it.
  const sorted = ids.toSorted();
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const holding = db.owner.begin(async (tx) => {
    await tx`select from system_mails where id = ${sorted[MAILS / 2] ?? ""} for update`;
    await held;
  });
  const first = rotate();
  await vi.waitFor(async () => expect(await moved()).toBe(MAILS / 2), { timeout: 60_000, interval: 20 });
  first.kill();
  await first.ended;
  release();
  await holding;
  const seals = async () => new Set((await mails()).map(({ text }) => text.split(".")[0]));
  expect(await seals()).toEqual(new Set(["v1", "v2"]));
  expect(await readable()).toBe(true);
  const { ENCRYPTION_SECRET: made, ENCRYPTION_SECRET_PREVIOUS: previous } = secretsOf();
  expect(previous).toBe(env.RINGBACK_SECRET);
  expect(decryptSecret(old)).toBe("under the old key");
  // What a running process stores meanwhile is under the new key already.
  expect(encryptSecret("meanwhile")).toMatch(/^v2\./);

  expect((await tool("doctor").ended).words).toContain("a rotation of their key was cut off");

  await db.owner`
    insert into system_mails (id, workspace_id, kind, to_address, subject, encrypted_text)
    values (${lost}, ${workspaceId}, 'invitation', 'a@example.test', 'Of another key', 'v1.AAAA')`;
  const { code, words } = await rotate().ended;
  expect(code).toBe(0);
  expect(words).toContain(`Neither key opens system_mails ${lost}`);
  await db.owner`delete from system_mails where id = ${lost}`;
  expect(await seals()).toEqual(new Set(["v2"]));
  expect(await readable()).toBe(true);
  const [account] = await db.owner<{ secrets: string; dkim: string }[]>`
    select encrypted_secrets as secrets, encrypted_dkim_key as dkim from channel_accounts where id = ${accounts[0]?.id ?? ""}`;
  expect([decryptSecret(account?.secrets ?? ""), decryptSecret(account?.dkim ?? "")]).toEqual([
    "account",
    "dkim",
  ]);
  expect(secretsOf()).toMatchObject({ ENCRYPTION_SECRET: made });
  expect(secretsOf()).not.toHaveProperty("ENCRYPTION_SECRET_PREVIOUS");
  expect(fs.statSync(path.join(dataDir, "secrets.json")).mode & 0o777).toBe(0o600);
  expect(() => decryptSecret(old)).toThrow("not accepted");
  expect(encodePublicId({ part: 1, runNumber: 2, seq: 3 })).toBe(link);

  const between = encryptSecret("under the first new key");
  expect((await rotate().ended).code).toBe(0);
  expect(await readable()).toBe(true);
  expect(secretsOf().ENCRYPTION_SECRET).not.toBe(made);
  expect(() => decryptSecret(between)).toThrow("not accepted");
});

test("with keys of the environment both are taken, and the one that is named first encrypts", () => {
  const under = encryptSecret("here");
  Object.assign(env, { ENCRYPTION_SECRET: "new", ENCRYPTION_SECRET_PREVIOUS: secretsOf().ENCRYPTION_SECRET });
  expect(decryptSecret(under)).toBe("here");
  expect(encryptSecret("there")).not.toContain(under.slice(0, 15));
  env.ENCRYPTION_SECRET_PREVIOUS = undefined;
  expect(() => decryptSecret(under)).toThrow("not accepted");
  env.ENCRYPTION_SECRET = undefined;
});
