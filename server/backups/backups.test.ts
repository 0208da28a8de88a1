import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { mkdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { embeddedUrl, startEmbeddedPostgres } from "@/db/embedded";
import { migrateDatabase } from "@/db/migrate";
import { makeCustomers, makeWorkspace } from "@/db/testing/factories";
import { createBackup } from "./create";
import { MANIFEST } from "./manifest";
import { restoreBackup } from "./restore";

const root = mkdtempSync(path.join(tmpdir(), "ringback-backup-"));
const dataDir = path.join(root, "data");
const backup = path.join(root, "backup");
const postgresDir = path.join(dataDir, "postgres");
const options = { from: backup, dataDir, overwrite: false, secretGiven: false };
/** Servers start and thousands of small files are copied: a slow disk takes its time. */
const PATIENCE_MS = 180_000;
let workspaceId: string;

/** A server on the data directory, for as long as `work` takes. */
async function withServer<T>(work: (sql: postgres.Sql, url: string) => Promise<T>): Promise<T> {
  const server = await startEmbeddedPostgres(postgresDir);
  const url = embeddedUrl(server.port, "ringback");
  const sql = postgres(url, { max: 4, onnotice: () => {} });
  try {
    return await work(sql, url);
  } finally {
    await sql.end({ timeout: 5 });
    await server.stop();
  }
}

/** Rows that are written two at a time: a copy that holds one without the other is not consistent. */
async function writePairs(sql: postgres.Sql, until: () => boolean): Promise<number> {
  let pairs = 0;
  while (!until()) {
    const nth = pairs++;
    await sql.begin(async (tx) => {
      await tx`insert into pairs values (${nth}, 'left', repeat(md5(random()::text), 200))`;
      await tx`insert into pairs values (${nth}, 'right', repeat(md5(random()::text), 200))`;
    });
  }
  return pairs;
}

beforeAll(async () => {
  await mkdir(path.join(dataDir, "files"), { recursive: true });
  // The server's own account must be able to reach it.
  for (const dir of [root, dataDir]) chmodSync(dir, 0o755);
  writeFileSync(path.join(dataDir, "files", "logo.png"), "a logo");
  writeFileSync(path.join(dataDir, "secrets.json"), '{"RINGBACK_SECRET":"first"}');
  const server = await startEmbeddedPostgres(postgresDir);
  const maintenance = postgres(embeddedUrl(server.port, "postgres"), { max: 1, onnotice: () => {} });
  await maintenance.unsafe("create database ringback");
  await maintenance.end();
  await migrateDatabase(embeddedUrl(server.port, "ringback"));
  await server.stop();
  await withServer(async (sql) => {
    workspaceId = await makeWorkspace(sql, "Before");
    await makeCustomers(sql, workspaceId, [{ name: "Asha" }, { name: "Ravi" }]);
    await sql`create table pairs (nth int, side text, filler text, primary key (nth, side))`;
  });
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

vi.setConfig({ testTimeout: PATIENCE_MS, hookTimeout: PATIENCE_MS });

test("a copy that was made while rows were written brings back each transaction wholly", async () => {
  const before = await withServer(async (sql, url) => {
    let done = false;
    const writing = writePairs(sql, () => done);
    while ((await sql`select from pairs limit 200`).length < 200);
    const [{ n: earlier } = { n: 0 }] = await sql<{ n: number }[]>`select count(*)::int as n from pairs`;
    await createBackup({ dataDir, url, to: backup, withSecrets: true });
    done = true;
    await writing;
    await sql`update workspaces set name = 'After'`;
    await sql`delete from customers`;
    return earlier;
  });
  writeFileSync(path.join(dataDir, "files", "logo.png"), "another logo");
  writeFileSync(path.join(dataDir, "files", "late.png"), "uploaded later");
  writeFileSync(path.join(dataDir, "secrets.json"), '{"RINGBACK_SECRET":"second"}');

  await expect(restoreBackup(options)).rejects.toThrow("holds a database already");
  const restored = await restoreBackup({ ...options, overwrite: true });
  expect(restored).toMatchObject({ workspaces: 1, customers: 2, sending: [] });
  expect(readFileSync(path.join(dataDir, "files", "logo.png"), "utf8")).toBe("a logo");
  expect(existsSync(path.join(dataDir, "files", "late.png"))).toBe(false);
  expect(readFileSync(path.join(dataDir, "secrets.json"), "utf8")).toContain("first");
  // Nothing is deleted: what was replaced can be brought back by hand.
  expect(readFileSync(path.join(restored.movedTo ?? "", "files", "late.png"), "utf8")).toBe("uploaded later");

  await withServer(async (sql) => {
    const sides = await sql<{ n: number }[]>`select count(*)::int as n from pairs group by nth`;
    expect(sides.length * 2).toBeGreaterThanOrEqual(before);
    expect(sides.filter(({ n }) => n !== 2)).toEqual([]);
    const [workspace] = await sql`select name, sending_stopped_at from workspaces`;
    expect(workspace).toMatchObject({ name: "Before" });
    expect(workspace?.sending_stopped_at, "nothing leaves before a person lets it").not.toBeNull();
    expect(await sql`select name from customers order by 1`).toMatchObject([
      { name: "Asha" },
      { name: "Ravi" },
    ]);
  });
});

describe("a restore is refused", () => {
  test("while the database runs", async () => {
    await withServer(() =>
      expect(restoreBackup({ ...options, overwrite: true })).rejects.toThrow("Its database runs in"),
    );
  });

  test("of a file that was changed or lost, before anything is touched", async () => {
    const label = path.join(backup, "postgres", "backup_label");
    const text = readFileSync(label);
    appendFileSync(label, "x");
    await expect(restoreBackup({ ...options, overwrite: true })).rejects.toThrow(
      "postgres/backup_label of the backup is damaged or missing",
    );
    rmSync(label);
    await expect(restoreBackup({ ...options, overwrite: true })).rejects.toThrow("damaged or missing");
    writeFileSync(label, text);
    expect(existsSync(path.join(dataDir, "replaced-2"))).toBe(false);
  });

  test("of a copy that was never finished", async () => {
    await expect(restoreBackup({ ...options, from: dataDir })).rejects.toThrow(`holds no ${MANIFEST}`);
  });

  test("without the secret that stored passwords need", async () => {
    const bare = path.join(root, "bare");
    const elsewhere = path.join(root, "elsewhere");
    await withServer((_, url) => createBackup({ dataDir, url, to: bare, withSecrets: false }));
    expect(existsSync(path.join(bare, "secrets.json"))).toBe(false);
    await expect(restoreBackup({ ...options, from: bare, dataDir: elsewhere })).rejects.toThrow(
      "holds no secrets",
    );
    const restored = await restoreBackup({ ...options, from: bare, dataDir: elsewhere, secretGiven: true });
    expect(restored).toMatchObject({ workspaces: 1, customers: 2, movedTo: null });
  });

  test("and a backup never goes over another", async () => {
    await withServer((_, url) =>
      expect(createBackup({ dataDir, url, to: backup, withSecrets: true })).rejects.toThrow("is not empty"),
    );
  });
});
