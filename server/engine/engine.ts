import { readFile } from "node:fs/promises";
import type { Logger } from "pino";
import { openPool } from "@/db/pool";
import { apiRoutes } from "./api";
import { clockRoutes } from "./clock";
import { type Core, connect, type EngineConfig, type Sql, signingKeys } from "./core";
import { fireCrons } from "./cron";
import { serveHttp } from "./http";
import { takeIdentity } from "./identity";
import { inspectRoutes } from "./inspect";
import { createQueue } from "./queue";
import { sweepOld } from "./retention";
import { isSigningKey } from "./signing";
import { fireTimers } from "./timers";

export type Engine = {
  port: number;
  /** Stops taking work, waits for calls in flight up to `graceMs`, gives back what is left and closes. */
  stop(graceMs?: number): Promise<void>;
};

const poolSize = 10;
const tickMs = 500;
const sweepMs = 60_000;

async function migrate(sql: Sql): Promise<void> {
  await sql.begin(async (tx) => {
    await tx`select pg_advisory_xact_lock(7288, 2)`;
    for (const file of ["tables.sql", "functions.sql"]) {
      await tx.unsafe(await readFile(new URL(`./sql/${file}`, import.meta.url), "utf8"));
    }
  });
}

/** Runs `work` again and again, a pause apart, or at once when asked; errors are logged and do not end it. */
function repeat(core: Core, name: string, pauseMs: number, work: () => Promise<boolean>) {
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | null = null;
  let asked = false;
  let stopped = false;
  async function turn(): Promise<void> {
    try {
      asked = await work();
    } catch (error) {
      core.log.error({ err: error }, `${name} failed`);
    }
  }
  function now(): void {
    if (running) asked = true;
    if (stopped || running) return;
    clearTimeout(timer);
    running = turn().finally(() => {
      running = null;
      if (!stopped) timer = setTimeout(now, asked ? 0 : pauseMs);
      asked = false;
    });
  }
  now();
  return {
    now,
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}

/** Starts one engine process: tables, identity, HTTP, the lease loop and the timers. Several may share a database. */
export async function startEngine(config: EngineConfig, log: Logger): Promise<Engine> {
  const wrong = signingKeys(config).find((key) => !isSigningKey(key));
  if (wrong !== undefined)
    throw new Error("INNGEST_SIGNING_KEY must be hex text with an even number of digits.");
  const pool = openPool(
    (watch) => connect(config.databaseUrl, poolSize, watch),
    () => log.warn("database connection lost"),
  );
  await migrate(pool.current());
  let wakePeers = false;
  const core: Core = {
    get sql() {
      return pool.current();
    },
    config,
    log,
    wake,
    tick: () => timers.now(),
  };
  const identity = await takeIdentity(core, () => queue.pump());
  const queue = createQueue(core, identity);

  function wake(): void {
    queue.pump();
    if (wakePeers) return;
    wakePeers = true;
    // Peers are told at most every 20 ms; a lost notice costs them one tick.
    setTimeout(() => {
      wakePeers = false;
      core.sql`select pg_notify('engine_wake', ${String(identity.id())})`.catch(() => undefined);
    }, 20);
  }

  const http = await serveHttp(core, [
    ...apiRoutes,
    ...inspectRoutes,
    ...(config.testClock ? clockRoutes : []),
  ]);
  const timers = repeat(core, "timers", tickMs, async () => {
    const fired = (await fireTimers(core)) + (await fireCrons(core));
    queue.pump();
    return fired > 0;
  });
  const heartbeat = repeat(core, "heartbeat", 2 * tickMs, async () => {
    await identity.keep();
    const freed = await core.sql`select id, run_id, lost from engine.free_dead()`;
    if (freed.length > 0) log.warn({ jobs: freed.length }, "jobs of a dead engine process freed");
    await core.sql`select engine.unpark_idle()`;
    queue.audit();
    return false;
  });
  const retention = repeat(core, "retention", sweepMs, async () => (await sweepOld(core)) > 0);
  log.info(
    { port: http.port, instance: identity.id(), mode: signingKeys(config).length > 0 ? "cloud" : "dev" },
    "engine ready",
  );

  return {
    port: http.port,
    async stop(graceMs = 10_000) {
      await Promise.all([timers.stop(), retention.stop()]);
      await queue.drain(graceMs);
      await heartbeat.stop();
      await http.close();
      await identity.close();
      await pool.end();
    },
  };
}
