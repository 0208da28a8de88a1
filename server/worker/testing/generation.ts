import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import { freePort } from "@/db/ports";
import { childEnvironment, env } from "@/env";

const POLL_MS = 50;

export type Generation = {
  /** Where its functions are called. */
  workerUrl: string;
  /** SIGTERM to the worker, then to the engine, as the supervisor does. @returns their exit codes */
  stop: () => Promise<(number | null)[]>;
  kill: () => void;
};

/** An engine and a worker as `npm start` starts them, in processes of their own, on the test's database and data directory. */
export async function startGeneration(): Promise<Generation> {
  const [enginePort, workerPort] = [await freePort(), await freePort()];
  const environment = childEnvironment({
    DATABASE_URL: env.DATABASE_URL,
    RINGBACK_DATA_DIR: env.RINGBACK_DATA_DIR,
    RINGBACK_SECRET: env.RINGBACK_SECRET,
    SMTP_URL: env.SMTP_URL,
    INNGEST_BASE_URL: `http://127.0.0.1:${enginePort}`,
    INNGEST_SIGNING_KEY: "signkey-prod-0123456789abcdef",
    INNGEST_EVENT_KEY: "an-event-key",
    INNGEST_DEV: "0",
    ENGINE_PORT: String(enginePort),
    WORKER_PORT: String(workerPort),
    LOG_LEVEL: "error",
  });
  const start = (file: string): ChildProcess =>
    spawn(process.execPath, ["--import", "tsx", file], {
      env: environment,
      stdio: ["ignore", "inherit", "inherit"],
    });
  const workerUrl = `http://127.0.0.1:${workerPort}`;
  const engine = start("server/engine/main.ts");
  await until(async () => (await fetch(`http://127.0.0.1:${enginePort}/health`)).ok, engine);
  const worker = start("server/worker/main.ts");
  await until(async () => {
    const health = (await (await fetch(`${workerUrl}/health`)).json()) as { registered: boolean };
    return health.registered;
  }, worker);
  return {
    workerUrl,
    stop: async () => [await end(worker), await end(engine)],
    kill: () => void [worker, engine].map((child) => child.kill("SIGKILL")),
  };
}

async function until(ready: () => Promise<boolean>, child: ChildProcess): Promise<void> {
  while (!(await ready().catch(() => false))) {
    if (child.exitCode !== null) throw new Error(`${child.spawnargs.join(" ")} did not start`);
    await pause(POLL_MS);
  }
}

async function end(child: ChildProcess): Promise<number | null> {
  const gone = once(child, "exit");
  child.kill("SIGTERM");
  await gone;
  return child.exitCode;
}
