import { type ChildProcess, spawn } from "node:child_process";
import { setTimeout as pause } from "node:timers/promises";
import type postgres from "postgres";
import { freePort } from "@/db/embedded";
import { childEnvironment } from "@/env";
import { startEngineProcess } from "../conformance/embedded";

/** A process that can be killed and started again on the same port. */
export type Restartable = { url: string; pid(): number; kill(): Promise<void>; stop(): Promise<void> };

async function until(what: () => Promise<boolean>): Promise<void> {
  while (!(await what().catch(() => false))) await pause(50);
}

/** One engine process; `kill` is `kill -9` and a new process on the same port. */
export async function restartableEngine(
  databaseUrl: string,
  extra: Record<string, string> = {},
): Promise<Restartable> {
  const port = String(await freePort());
  const start = () => startEngineProcess(databaseUrl, { ENGINE_PORT: port, ...extra });
  let engine = await start();
  return {
    url: engine.url,
    pid: () => engine.child.pid ?? 0,
    async kill() {
      await engine.stop("SIGKILL");
      engine = await start();
    },
    stop: () => engine.stop(),
  };
}

/** The chaos app as a process of its own, registered with the engine. */
export async function restartableApp(databaseUrl: string, engineUrl: string): Promise<Restartable> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const start = async (): Promise<ChildProcess> => {
    const extra = {
      DATABASE_URL: databaseUrl,
      WORKER_PORT: String(port),
      INNGEST_BASE_URL: engineUrl,
      INNGEST_DEV: "1",
    };
    const child = spawn(process.execPath, ["--import", "tsx", "server/engine/chaos/app.ts"], {
      stdio: ["ignore", "inherit", "inherit"],
      env: childEnvironment({ ...extra, INNGEST_SIGNING_KEY: undefined, INNGEST_EVENT_KEY: undefined }),
    });
    await until(async () => (await fetch(`${url}/health`)).ok);
    return child;
  };
  const end = (child: ChildProcess, signal: NodeJS.Signals): Promise<void> =>
    new Promise((resolve) => {
      child.once("exit", () => resolve());
      child.kill(signal);
    });
  let app = await start();
  await until(async () => (await fetch(`${url}/api/inngest`, { method: "PUT" })).ok);
  return {
    url,
    pid: () => app.pid ?? 0,
    async kill() {
      await end(app, "SIGKILL");
      app = await start();
    },
    stop: () => end(app, "SIGKILL"),
  };
}

/** Sends events until they are accepted, as the outbox relay does; their ids make a repeated request harmless. */
export async function deliver(
  engineUrl: string,
  events: { name: string; data: Record<string, unknown>; id?: string }[],
): Promise<string[]> {
  for (;;) {
    const response = await fetch(`${engineUrl}/e/chaos`, {
      method: "POST",
      body: JSON.stringify(events),
    }).catch(() => null);
    if (response?.ok) return ((await response.json()) as { ids: string[] }).ids;
    await pause(100);
  }
}

/** Makes the table in which bodies of the chaos app leave their trace. */
export async function prepareEffects(sql: postgres.Sql): Promise<void> {
  await sql`create table if not exists chaos_effect (run text not null, body text not null, call text not null,
    began timestamptz not null, at timestamptz not null default clock_timestamp())`;
  await sql`truncate chaos_effect`;
}

/** Waits until no run of the engine is live, or until `limitMs` have passed. Returns the live ones. */
export async function untilAllEnded(sql: postgres.Sql, limitMs: number): Promise<number> {
  for (const end = Date.now() + limitMs; ; await pause(200)) {
    const live = await sql<
      { n: number }[]
    >`select count(*)::int as n from engine.run where ended_at is null`.catch(() => null);
    const n = live?.[0]?.n ?? -1;
    if (n === 0 || Date.now() > end) return n;
  }
}
