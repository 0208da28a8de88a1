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

/** A client of the engine's database: big integers come as numbers (all are below 2^53). `hooks`: options of the driver. */
export function connect(databaseUrl: string, max: number, hooks: object = {}): Sql {
  const bigint = { to: 20, from: [20], parse: Number, serialize: String };
  const quiet = { onnotice: () => undefined, connection: { application_name: "ringback engine" } };
  // Connections live as long as the process: one that closes has been lost.
  return postgres(databaseUrl, { max, types: { bigint }, ...quiet, ...hooks, max_lifetime: null });
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
