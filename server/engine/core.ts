import type { Logger } from "pino";
import postgres from "postgres";

export type Sql = postgres.Sql<{ bigint: number }>;
export type Tx = postgres.TransactionSql<{ bigint: number }>;

/** How one engine process is set up; `main.ts` fills it from env.ts, tests by hand. */
export type EngineConfig = {
  databaseUrl: string;
  host: string;
  /** 0 takes a free port. */
  port: number;
  /** Calls to the app that this process keeps in flight. */
  workers: number;
  /** With a key: cloud mode. Calls are signed and the API wants the bearer token or the event key. */
  signingKey?: string | undefined;
  signingKeyFallback?: string | undefined;
  eventKey?: string | undefined;
  /** Lets HTTP move the clock. Only for tests: it moves the clock of every process on the database. */
  testClock: boolean;
  /** Ended runs, their steps and events are deleted after so many days. */
  retentionDays: number;
};

/** What every part of the engine shares. */
export type Core = {
  /** The pool in use. Read it where it is needed: a pool whose connection broke is replaced by a new one. */
  readonly sql: Sql;
  config: EngineConfig;
  log: Logger;
  /** Tells this process and its peers that a job may have become ready. */
  wake(): void;
  /** Looks for due timers at once: the clock was moved. */
  tick(): void;
};

/** The signing keys in force, newest first; empty in development mode. */
export function signingKeys(config: EngineConfig): string[] {
  return [config.signingKey, config.signingKeyFallback].flatMap((key) => (key ? [key] : []));
}

/** A client of the engine's database: big integers come as numbers (all are below 2^53). */
export function connect(databaseUrl: string, max: number, onclose: () => void): Sql {
  const bigint = { to: 20, from: [20], parse: Number, serialize: String };
  const quiet = { onnotice: () => undefined, connection: { application_name: "ringback engine" } };
  // Connections live as long as the process: one that closes has been lost.
  return postgres(databaseUrl, { max, types: { bigint }, ...quiet, onclose, max_lifetime: null });
}

export type Pool = { current(): Sql; end(): Promise<void> };

/**
 * A pool that is replaced as a whole when one of its connections is lost. The driver (3.4.9) may never write again on a
 * connection that broke with a write under way (porsager/postgres issues 1154 and 1208): its queries would hang.
 */
export function openPool(databaseUrl: string, max: number, log: Logger): Pool {
  let ended = false;
  let sql = open();
  function open(): Sql {
    const own: Sql = connect(databaseUrl, max, () => {
      if (ended || own !== sql) return;
      log.warn("database connection lost");
      sql = open();
      own.end({ timeout: 0 }).catch(() => undefined);
    });
    return own;
  }
  return {
    current: () => sql,
    async end() {
      ended = true;
      await sql.end({ timeout: 5 });
    },
  };
}

const lost = new Set([
  "CONNECTION_CLOSED",
  "CONNECTION_DESTROYED",
  "CONNECTION_ENDED",
  "ECONNREFUSED",
  "ECONNRESET",
  "EPIPE",
]);

/** True for what the driver throws or rejects outside every promise of ours when a connection breaks. */
export function isLostConnection(error: Error & { code?: string }): boolean {
  const write = error instanceof TypeError && /nextWrite .*postgres.*connection\.js/.test(error.stack ?? "");
  return (
    write || (lost.has(error.code ?? "") && /postgres.*connection\.js|afterConnect/.test(error.stack ?? ""))
  );
}

/** The server starts, stops or has no connection free. */
const away = new Set(["57P01", "57P02", "57P03", "53300", "CONNECT_TIMEOUT"]);

/** True for an error that says nothing about the work itself: the database could not be reached, or went away under it. */
export function isDatabaseAway(error: unknown): boolean {
  const { code = "" } = error as { code?: string };
  return lost.has(code) || away.has(code);
}

const transient = new Set(["40001", "40P01"]);

/** One transaction, repeated when Postgres gave it up for a deadlock. */
export async function transaction<T>(sql: Sql, work: (tx: Tx) => Promise<T>): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    try {
      return (await sql.begin(work)) as T;
    } catch (error) {
      const code = error instanceof postgres.PostgresError ? error.code : "";
      if (!transient.has(code) || attempt >= 5) throw error;
    }
  }
}
