import { randomBytes } from "node:crypto";
import postgres, { type Sql } from "postgres";
import { afterAll, inject } from "vitest";
import { closeDatabase } from "@/db/client";
import { env } from "@/env";

declare module "vitest" {
  export interface ProvidedContext {
    /** Owner URL of the test server's maintenance database, and the name of the migrated template. */
    testServerUrl: string;
    testTemplate: string;
    /** What the names of this run's databases begin with. */
    testPrefix: string;
  }
}

export type TestDatabase = {
  /** Owner URL, for processes under test. */
  url: string;
  /** The owner's connection: passes row-level security, for arranging and recounting. */
  owner: Sql;
  /** Moves `clock_now()` by an interval, e.g. "3 hours"; replaces the earlier offset. */
  moveClock: (offset: string) => Promise<void>;
  /** Sets `clock_now()` to an instant, e.g. "2026-11-25T21:00:00+05:30"; it goes on from there. */
  setClock: (instant: string) => Promise<void>;
};

/**
 * A migrated database of this test file's own, copied from the template (50 to 100 ms). Sets `env.DATABASE_URL`, so that
 * the code under test connects to it as the application role. Call it at the top of a file: `const db = await
 * testDatabase();`. It goes when all files have run: ext4 looks at every file that was deleted within minutes before it
 * makes a new one, so dropping a thousand of them after each test file took a tenth of the whole run.
 */
export async function testDatabase(): Promise<TestDatabase> {
  const server = inject("testServerUrl");
  const name = `${inject("testPrefix")}${randomBytes(6).toString("hex")}`;
  const maintenance = postgres(server, { max: 1, onnotice: () => {} });
  await maintenance.unsafe(`create database ${name} template ${inject("testTemplate")} strategy file_copy`);
  await maintenance.end({ timeout: 5 });
  const url = Object.assign(new URL(server), { pathname: `/${name}` }).toString();
  env.DATABASE_URL = url;
  const owner = postgres(url, { max: 4, onnotice: () => {} });
  afterAll(async () => {
    await closeDatabase();
    await owner.end({ timeout: 5 });
  });
  const moveClock = async (offset: string) => {
    await owner`insert into clock_offset ("offset") values (${offset}::interval) on conflict (only_row) do update set "offset" = excluded."offset"`;
  };
  const setClock = async (instant: string) => {
    await owner`insert into clock_offset ("offset") values (${instant}::timestamptz - clock_timestamp()) on conflict (only_row) do update set "offset" = excluded."offset"`;
  };
  return { url, owner, moveClock, setClock };
}
