import { execFile } from "node:child_process";
import postgres, { type Sql } from "postgres";
import { afterAll, expect, test } from "vitest";
import { childEnvironment } from "@/env";
import { listenTo } from "./listen";
import { isDatabaseAway, openPool } from "./pool";
import { startCuttingProxy } from "./testing/cutting-proxy";
import { testDatabase } from "./testing/database";

const db = await testDatabase();
const proxy = await startCuttingProxy(db.url);
afterAll(() => proxy.close());

const open = (max: number, hooks: object = {}): Sql =>
  postgres(proxy.url, { max, max_lifetime: null, onnotice: () => {}, ...hooks });

test("queries go on after connections broke with writes under way", async () => {
  let lost = 0;
  const pool = openPool(
    (watch) => open(4, watch),
    () => lost++,
  );
  await pool.current()`select 1`;
  for (let round = 0; round < 5; round++) {
    proxy.reset();
    // Scheduled in the very turn in which the connection breaks: the driver never writes again on it.
    const broken = Array.from({ length: 6 }, () => pool.current()`select 1`.catch((error: unknown) => error));
    const failures = (await Promise.all(broken)).filter((result) => result instanceof Error);
    expect(failures.every(isDatabaseAway)).toBe(true);
    const rows = await Promise.all(
      Array.from({ length: 8 }, (_, n) => pool.current()`select ${n}::int as n`),
    );
    expect(rows.map(([row]) => row?.n)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  }
  expect(lost).toBeGreaterThan(0);
  await pool.end();
});

test.each(["reset", "hangUp"] as const)(
  "a transaction whose connection is lost (%s) rejects, and nothing is thrown outside of it",
  async (way) => {
    const pool = openPool((watch) => open(2, watch));
    const outcome = await pool
      .current()
      .begin(async (tx) => {
        await tx`select 1`;
        proxy[way]();
        await tx`select pg_sleep(5)`;
      })
      .catch((error: unknown) => error);
    expect(isDatabaseAway(outcome)).toBe(true);
    // The driver's roll-back would have thrown before the new connection answers, and fail this file as an uncaught error.
    await pool.current()`select 1`;
    await pool.end();
  },
);

test("a transaction that fails by itself is rolled back and its connection goes on", async () => {
  const pool = openPool((watch) => open(1, watch));
  const failing = pool.current().begin(async (tx) => {
    await tx`create table rolled_back (n int)`;
    throw new Error("a fault of ours");
  });
  await expect(failing).rejects.toThrow("a fault of ours");
  const [row] = await pool.current()`select to_regclass('rolled_back') as found`;
  expect(row?.found).toBeNull();
  await pool.end();
});

test("a listener hears again after its connection was lost and the first tries failed", async () => {
  const heard: string[] = [];
  let missed = 0;
  const stop = await listenTo(
    (hooks) => open(1, hooks),
    { a_channel: (payload) => heard.push(payload) },
    () => missed++,
  );
  proxy.reset(2);
  await expect.poll(() => missed, { timeout: 10_000 }).toBe(1);
  await db.owner`select pg_notify('a_channel', 'after')`;
  await expect.poll(() => heard).toEqual(["after"]);
  await stop();
});

function run(...args: string[]): Promise<{ code: number; said: string }> {
  const all = ["--import", "tsx", "db/testing/lose-a-connection.ts", ...args];
  return new Promise((resolve) => {
    execFile(process.execPath, all, { env: childEnvironment({}) }, (error, stdout) =>
      resolve({ code: error ? Number(error.code) : 0, said: stdout }),
    );
  });
}

test("a process lives through a statement on a connection that is gone, and not through a fault of its own", async () => {
  const lived = await run(db.url);
  expect(lived).toEqual({ code: 0, said: expect.stringMatching(/^lost Cannot read.*\nalive\n$/) });
  const faulty = await run(db.url, "fault");
  expect(faulty).toEqual({ code: 1, said: expect.stringMatching(/\nfatal /) });
});
