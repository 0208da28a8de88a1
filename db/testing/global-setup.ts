import fs from "node:fs";
import path from "node:path";
import postgres from "postgres";
import type { TestProject } from "vitest/node";
import { embeddedUrl, startEmbeddedPostgres } from "@/db/embedded";
import { migrateDatabase } from "@/db/migrate";
import { env } from "@/env";

// Durability buys nothing in a test database; the kill tests start a server of their own with fsync on.
const FAST = { fsync: "off", synchronous_commit: "off", full_page_writes: "off", max_connections: "200" };

/** More databases than these are not dropped one by one: the directory of the server goes. */
const MANY = 20;

/** One Postgres for the whole run (DATABASE_URL's server when given), with one migrated template database. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = env.DATABASE_URL;
  const directory = path.join(env.RINGBACK_DATA_DIR, "test-postgres");
  const server = given ? null : await startEmbeddedPostgres(directory, { flags: FAST });
  const url = server ? embeddedUrl(server.port, "postgres") : given;
  const template = `ringback_test_template_${process.pid}`;
  const prefix = `ringback_test_${process.pid}_`;
  const maintenance = postgres(url, { max: 1, onnotice: () => {} });
  await dropLeftovers(maintenance);
  await maintenance.unsafe(`create database ${template}`);
  await migrateDatabase(Object.assign(new URL(url), { pathname: `/${template}` }).toString());
  project.provide("testServerUrl", url);
  project.provide("testTemplate", template);
  project.provide("testPrefix", prefix);
  return async () => {
    const own = server && !server.adopted ? server : null;
    let many = false;
    try {
      const names = await maintenance<{ datname: string }[]>`
        select datname from pg_database where starts_with(datname, ${prefix}) or datname = ${template}`;
      many = own !== null && names.length > MANY;
      if (!many)
        for (const { datname } of names)
          await maintenance.unsafe(`drop database if exists ${datname} with (force)`);
    } finally {
      await maintenance.end({ timeout: 5 });
      await own?.stop();
      if (many) fs.rmSync(directory, { recursive: true, force: true });
    }
  };
}

/** Databases of test runs that were killed: idle ones only, another run may be under way. */
async function dropLeftovers(maintenance: postgres.Sql): Promise<void> {
  const names = await maintenance<{ datname: string }[]>`
    select datname from pg_database d where datname like 'ringback\_test\_%' and datname not like 'ringback\_test\_template\_%'
    and not exists (select from pg_stat_activity a where a.datname = d.datname)`;
  for (const { datname } of names) await maintenance.unsafe(`drop database if exists ${datname}`);
}
