import { type ChildProcess, spawn } from "node:child_process";
import { setTimeout as pause } from "node:timers/promises";
import postgres from "postgres";
import { freePort } from "@/db/ports";
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
export async function restartableApp(dataDir: string, engineUrl: string): Promise<Restartable> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const start = async (): Promise<ChildProcess> => {
    const extra = {
      RINGBACK_DATA_DIR: dataDir,
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

/** Waits until no run of the engine is live, or until `limitMs` have passed. Returns how many are. */
export async function untilAllEnded(databaseUrl: string, limitMs: number): Promise<number> {
  const count = "select count(*)::int as n from engine.run where ended_at is null";
  for (const end = Date.now() + limitMs; ; await pause(200)) {
    const rows = await query<{ n: number }>(databaseUrl, count).catch(() => []);
    const n = rows[0]?.n ?? -1;
    if (n === 0 || Date.now() > end) return n;
  }
}

/** One query on a connection of its own: the database may be killed between two of them. */
export async function query<T extends postgres.MaybeRow>(databaseUrl: string, text: string): Promise<T[]> {
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => undefined, connect_timeout: 5 });
  try {
    return [...(await sql.unsafe<T[]>(text))];
  } finally {
    await sql.end({ timeout: 1 });
  }
}
