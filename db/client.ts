import { drizzle, type PostgresJsDatabase } from "drizzle-orm/postgres-js";
import postgres, { type Options, type Sql } from "postgres";
import { env } from "@/env";

/** The role that the application works as: it owns nothing and cannot pass row-level security. */
const APP_ROLE = "ringback_app";

type Clients = { hot?: Sql; orm?: { client: Sql; database: PostgresJsDatabase } };

// Next's hot reload loads modules again; the pools must survive it.
const keeper = globalThis as { ringbackClients?: Clients };
keeper.ringbackClients ??= {};
const clients: Clients = keeper.ringbackClients;

/** Options of a connection as the application role; a separate login in DATABASE_APP_URL needs no switch. */
function appOptions(max: number): Options<Record<string, never>> {
  return {
    max,
    onnotice: () => {},
    connection: { application_name: "ringback", ...(env.DATABASE_APP_URL ? {} : { role: APP_ROLE }) },
  };
}

function connect(max: number): Sql {
  const url = env.DATABASE_APP_URL ?? env.DATABASE_URL;
  if (!url) throw new Error("DATABASE_URL is not set. `npm start` sets it; a single process needs it given.");
  return postgres(url, appOptions(max));
}

/**
 * The client for hot statements (ledger, ingest): plain postgres.js. Drizzle overwrites its own client's date
 * serialisers, so the two never share one.
 */
export function hotSql(): Sql {
  clients.hot ??= connect(env.DATABASE_POOL);
  return clients.hot;
}

/** Drizzle over its own pool. Use `withTransaction`, which sets the workspace; a bare query sees no workspace's rows. */
export function database(): PostgresJsDatabase {
  if (!clients.orm) {
    const client = connect(env.DATABASE_POOL);
    clients.orm = { client, database: drizzle(client) };
  }
  return clients.orm.database;
}

/** Closes both pools; for the end of a process or a test. */
export async function closeDatabase(): Promise<void> {
  const { hot, orm } = clients;
  delete clients.hot;
  delete clients.orm;
  await Promise.all([hot?.end({ timeout: 5 }), orm?.client.end({ timeout: 5 })]);
}
