import path from "node:path";
import { fileURLToPath } from "node:url";
import { drizzle } from "drizzle-orm/postgres-js";
import { migrate as runMigrations } from "drizzle-orm/postgres-js/migrator";
import postgres from "postgres";

const MIGRATIONS = path.join(path.dirname(fileURLToPath(import.meta.url)), "migrations");
/** Any fixed number: one migrating process at a time in a database. */
const MIGRATION_LOCK = 7_261_001;
const OLDEST_SERVER = 150_000;

/**
 * Brings the database at `url` (as its owner) to the newest migration. Safe to run from several processes at once.
 * @throws Error with a sentence for the operator when the server cannot be reached, refuses, or is older than 15.
 */
export async function migrateDatabase(url: string): Promise<void> {
  const client = postgres(url, { max: 1, onnotice: () => {}, connect_timeout: 10 });
  try {
    const [server] = await client<{ server_version_num: string }[]>`show server_version_num`;
    if (Number(server?.server_version_num) < OLDEST_SERVER)
      throw new Error(
        "This Postgres is older than 15. Ringback needs 15 or newer; upgrade it or unset DATABASE_URL.",
      );
    await client`select pg_advisory_lock(${MIGRATION_LOCK})`;
    await runMigrations(drizzle(client), { migrationsFolder: MIGRATIONS });
  } catch (error) {
    throw new Error(explain(error), { cause: error });
  } finally {
    await client.end({ timeout: 5 });
  }
}

const advice: Record<string, string> = {
  ECONNREFUSED: "nothing listens there. Start that server, or correct DATABASE_URL.",
  ENOTFOUND: "its host name is unknown. Correct DATABASE_URL.",
  CONNECT_TIMEOUT:
    "it did not answer in 10 seconds. Check the address and the firewall, or correct DATABASE_URL.",
  "28P01": "it refused the password. Correct the user and password in DATABASE_URL.",
  "28000": "it refused the user. Correct the user in DATABASE_URL.",
  "3D000": "that database does not exist. Create it, or correct the name at the end of DATABASE_URL.",
  "53100": "its disk is full. Free some space and start again; nothing was changed.",
};

function explain(error: unknown): string {
  const cause = error as { code?: string; message?: string; cause?: { code?: string; message?: string } };
  const code = cause.cause?.code ?? cause.code ?? "";
  const sentence = advice[code];
  if (sentence) return `The database could not be used: ${sentence}`;
  return `The database could not be brought up to date: ${cause.cause?.message ?? cause.message ?? String(error)}`;
}
