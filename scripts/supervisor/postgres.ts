import path from "node:path";
import postgres from "postgres";
import { type EmbeddedPostgres, embeddedUrl, startEmbeddedPostgres } from "@/db/embedded";
import { env } from "@/env";
import type { Log } from "./log";
import { unplannedRestart } from "./unplanned";

const WATCH_MS = 500;
const DATABASE = "ringback";

/** The server under everything: embedded and watched, or the operator's own. */
export class Postgres {
  private server: EmbeddedPostgres | null = null;
  private timer: NodeJS.Timeout | null = null;
  private restarting = false;
  url = env.DATABASE_URL;

  constructor(
    private readonly dataDir: string,
    private readonly log: Log,
  ) {}

  get embedded(): boolean {
    return this.server !== null;
  }

  /** Starts (or adopts) the embedded server and makes the database; with DATABASE_URL it does nothing. */
  async start(): Promise<void> {
    if (env.DATABASE_URL) return;
    this.server = await startEmbeddedPostgres(this.directory);
    this.url = embeddedUrl(this.server.port, DATABASE);
    await createDatabase(embeddedUrl(this.server.port, "postgres"));
    this.timer = setInterval(() => void this.watch(), WATCH_MS);
  }

  /** `leave`: another supervisor works with the server and will stop it. */
  async stop({ leave }: { leave: boolean }): Promise<void> {
    if (this.timer) clearInterval(this.timer);
    this.timer = null;
    if (!leave) await this.server?.stop();
  }

  private get directory(): string {
    return path.join(this.dataDir, "postgres");
  }

  /** A killed server comes back on the same port, so that every process finds it again. */
  private async watch(): Promise<void> {
    if (!this.server || this.restarting || isRunning(this.server.pid)) return;
    this.restarting = true;
    this.log.write("supervisor", { level: "warn", msg: unplannedRestart("Postgres") });
    try {
      const next = await startEmbeddedPostgres(this.directory, { port: this.server.port });
      if (this.timer) this.server = next;
      else await next.stop();
    } catch (error) {
      this.log.write("supervisor", {
        level: "error",
        msg: "Postgres did not come back; trying again",
        error: String(error),
      });
    } finally {
      this.restarting = false;
    }
  }
}

/** True while no workspace exists. */
export async function isEmptyDatabase(url: string): Promise<boolean> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    return (await sql`select from workspaces limit 1`).length === 0;
  } finally {
    await sql.end();
  }
}

async function createDatabase(maintenanceUrl: string): Promise<void> {
  const sql = postgres(maintenanceUrl, { max: 1, onnotice: () => {} });
  try {
    const found = await sql`select from pg_database where datname = ${DATABASE}`;
    if (found.length === 0) await sql.unsafe(`create database ${DATABASE}`);
  } finally {
    await sql.end();
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
