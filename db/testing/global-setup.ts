import path from "node:path";
import postgres from "postgres";
import type { TestProject } from "vitest/node";
import { embeddedUrl, startEmbeddedPostgres } from "@/db/embedded";
import { migrateDatabase } from "@/db/migrate";
import { env } from "@/env";

// Durability buys nothing in a test database; the kill tests start a server of their own with fsync on.
const FAST = { fsync: "off", synchronous_commit: "off", full_page_writes: "off", max_connections: "200" };

/** One Postgres for the whole run (DATABASE_URL's server when given), with one migrated template database. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = env.DATABASE_URL;
  const server = given
    ? null
    : await startEmbeddedPostgres(path.join(env.RINGBACK_DATA_DIR, "test-postgres"), { flags: FAST });
  const url = server ? embeddedUrl(server.port, "postgres") : given;
  const template = `ringback_test_template_${process.pid}`;
  const maintenance = postgres(url, { max: 1, onnotice: () => {} });
  await dropUnused(maintenance);
  await maintenance.unsafe(`create database ${template}`);
  await migrateDatabase(Object.assign(new URL(url), { pathname: `/${template}` }).toString());
  project.provide("testServerUrl", url);
  project.provide("testTemplate", template);
  return async () => {
    await maintenance.unsafe(`drop database if exists ${template} with (force)`);
    await dropUnused(maintenance);
    await maintenance.end({ timeout: 5 });
    if (server && !server.adopted) await server.stop();
  };
}

/** Databases that test files are done with, of this run or of one that was killed: only those that nobody is in. */
async function dropUnused(maintenance: postgres.Sql): Promise<void> {
  const names = await maintenance<{ datname: string }[]>`
    select datname from pg_database d where datname like 'ringback\_test\_%' and datname not like 'ringback\_test\_template\_%'
    and not exists (select from pg_stat_activity a where a.datname = d.datname)`;
  for (const { datname } of names) await maintenance.unsafe(`drop database if exists ${datname}`);
}
