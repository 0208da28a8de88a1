import { drizzle, type PostgresJsDatabase } from "drizzle-orm/postgres-js";
import postgres, { type Options, type Sql } from "postgres";
import { env } from "@/env";
import { listenTo, type Notices } from "./listen";
import { openPool, type Pool } from "./pool";

/** The role that the application works as: it owns nothing and cannot pass row-level security. */
const APP_ROLE = "ringback_app";

type Clients = {
  hot?: Pool<Sql>;
  orm?: Pool<Sql>;
  /** Drizzle over the client that `orm` had when it was made. */
  drizzle?: { client: Sql; database: PostgresJsDatabase };
};

// Next's hot reload loads modules again; the pools must survive it.
const keeper = globalThis as { ringbackClients?: Clients };
keeper.ringbackClients ??= {};
const clients: Clients = keeper.ringbackClients;

/** Options of a connection as the application role; a separate login in DATABASE_APP_URL needs no switch. */
function appOptions(max: number): Options<Record<string, never>> {
  return {
    max,
    // Connections live as long as the process: one that closes has been lost.
    max_lifetime: null,
    onnotice: () => {},
    connection: { application_name: "ringback", ...(env.DATABASE_APP_URL ? {} : { role: APP_ROLE }) },
  };
}

function connect(max: number, hooks: object): Sql {
  const url = env.DATABASE_APP_URL ?? env.DATABASE_URL;
  if (!url) throw new Error("DATABASE_URL is not set. `npm start` sets it; a single process needs it given.");
  return postgres(url, { ...appOptions(max), ...hooks });
}

/**
 * The client for hot statements (ledger, ingest): plain postgres.js. Drizzle overwrites its own client's date
 * serialisers, so the two never share one. Ask for it where it is needed: it is replaced after a lost connection.
 */
export function hotSql(): Sql {
  clients.hot ??= openPool((watch) => connect(env.DATABASE_POOL, watch));
  return clients.hot.current();
}

/** Drizzle over its own pool. Use `withTransaction`, which sets the workspace; a bare query sees no workspace's rows. */
export function database(): PostgresJsDatabase {
  clients.orm ??= openPool((watch) => connect(env.DATABASE_POOL, watch));
  const client = clients.orm.current();
  if (clients.drizzle?.client !== client) clients.drizzle = { client, database: drizzle(client) };
  return clients.drizzle.database;
}

/**
 * Hears notice channels on a connection of its own. Resolves, with the way to stop, when it listens.
 * @param onAgain after a lost connection: notices were missed.
 */
export function listenToNotices(heard: Notices, onAgain?: () => void): Promise<() => Promise<void>> {
  return listenTo((hooks) => connect(1, { ...hooks, fetch_types: false }), heard, onAgain);
}

/**
 * False before the first use and after the end: what is done a little later, for freshness alone, is then left out, and no
 * connection is opened for it.
 */
export const isDatabaseOpen = (): boolean => clients.orm !== undefined || clients.hot !== undefined;

/** Closes both pools; for the end of a process or a test. */
export async function closeDatabase(): Promise<void> {
  const { hot, orm } = clients;
  delete clients.hot;
  delete clients.orm;
  delete clients.drizzle;
  await Promise.all([hot?.end(), orm?.end()]);
}
