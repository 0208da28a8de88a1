import { statfs } from "node:fs/promises";
import { hotSql } from "@/db/client";
import journal from "@/db/migrations/meta/_journal.json";
import { env } from "@/env";
import { askEngine, type EngineLook } from "@/server/workflows";
import { type BeatingProcess, SILENT_AFTER_SECONDS } from "./status";
import { within } from "./within";

/** A part that has not answered after so long is taken for silent. */
export const PATIENCE_MS = 3_000;

/** Counts over the whole installation. Ages in seconds, 0 when nothing waits. */
export type Figures = {
  pending: number;
  sending: number;
  held: number;
  retrying: number;
  oldestPendingSeconds: number;
  outboxUnsent: number;
  outboxOldestSeconds: number;
  receiptsOpen: number;
  receiptsOldestSeconds: number;
  receiptsGivenUp: number;
  touchedCustomers: number;
  databaseBytes: number;
  connections: number;
  mostConnections: number;
};

export type State = {
  /** Migrations that this program has and the database has not, and the other way round. */
  migrations: "same" | "behind" | "ahead";
  /** Seconds since each process last said that it lives; a process that never did is missing. */
  beats: Partial<Record<BeatingProcess, number>>;
  /** Workers that reported lately. */
  workers: number;
};

export type Look = {
  /** Null: the database did not answer, and what is read from it is not known. */
  database: (State & { figures: Figures }) | null;
  engine: EngineLook;
  /** The disk of the data directory; null where it cannot be read. */
  disk: { freeBytes: number; totalBytes: number } | null;
};

/** Looks at every part of the installation at once, a few seconds at most. Never throws: what does not answer is null. */
export async function lookAtInstallation(): Promise<Look> {
  const [database, engine, disk] = await Promise.all([
    within(PATIENCE_MS, readDatabase()),
    askEngine(PATIENCE_MS),
    within(PATIENCE_MS, readDisk()),
  ]);
  return { database, engine, disk };
}

/** What `/readyz` asks for many times a minute: costs a few rows. */
export async function readState(): Promise<State> {
  const sql = hotSql();
  const [[newest], beats, [living]] = await Promise.all([
    sql<{ at: string | null }[]>`select newest_migration() as at`,
    sql<{ process: BeatingProcess; age: number }[]>`
      select process, extract(epoch from clock_now() - beat_at)::float8 as age from heartbeats`,
    sql<{ n: number }[]>`
      select count(*)::int as n from worker_processes
      where beat_at > clock_now() - make_interval(secs => ${SILENT_AFTER_SECONDS})`
      // A database from before this program has no such table, and is to be told of as that.
      .catch(() => []),
  ]);
  const own = Math.max(...journal.entries.map(({ when }) => when));
  const theirs = Number(newest?.at ?? 0);
  return {
    migrations: theirs === own ? "same" : theirs < own ? "behind" : "ahead",
    beats: Object.fromEntries(beats.map(({ process, age }) => [process, age])),
    workers: living?.n ?? 0,
  };
}

async function readDatabase(): Promise<NonNullable<Look["database"]>> {
  const [state, [figures]] = await Promise.all([
    readState(),
    hotSql()<Record<string, string | number>[]>`select * from operation_figures()`,
  ]);
  return { ...state, figures: toFigures(figures ?? {}) };
}

function toFigures(row: Record<string, string | number>): Figures {
  const camel = (name: string) => name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [camel(name), Number(value)]),
  ) as Figures;
}

async function readDisk(): Promise<NonNullable<Look["disk"]>> {
  const disk = await statfs(env.RINGBACK_DATA_DIR);
  return { freeBytes: disk.bavail * disk.bsize, totalBytes: disk.blocks * disk.bsize };
}
