import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { childEnvironment, env } from "@/env";

const SCRIPT = path.join(
  path.dirname(fileURLToPath(import.meta.url)),
  "../../worker/testing/worker-child.ts",
);

export type WorkerProcess = {
  pid: number;
  /** Resolves when it sends. */
  ready: Promise<void>;
  signal: (name: "SIGKILL" | "SIGSTOP" | "SIGCONT" | "SIGTERM") => void;
  /** Resolves when the process is gone. */
  gone: Promise<void>;
};

/** Starts a worker process on the test's database, data directory and mail server. */
export function spawnWorker(
  options: { leaseMs?: number; way?: "right" | "checkpoint-at-fetch"; microBatch?: number } = {},
): WorkerProcess {
  const child: ChildProcess = spawn(
    process.execPath,
    [
      "--import",
      "tsx",
      SCRIPT,
      String(options.leaseMs ?? 30_000),
      options.way ?? "right",
      String(options.microBatch ?? 50),
    ],
    {
      env: childEnvironment({
        DATABASE_URL: env.DATABASE_URL,
        RINGBACK_DATA_DIR: env.RINGBACK_DATA_DIR,
        RINGBACK_SECRET: env.RINGBACK_SECRET,
        SMTP_URL: env.SMTP_URL,
        LOG_LEVEL: "error",
      }),
      stdio: ["ignore", "inherit", "inherit", "ipc"],
    },
  );
  const gone = once(child, "exit").then(() => {});
  return {
    pid: child.pid ?? 0,
    ready: once(child, "message").then(() => {}),
    signal: (name) => child.kill(name),
    gone,
  };
}

export type SupervisedWorker = {
  restarts: () => number;
  /** To the process that runs now. */
  signal: WorkerProcess["signal"];
  stop: () => Promise<void>;
};

/** A worker that is started again whenever it ends, as the supervisor does, until `stop`. */
export function superviseWorker(options: Parameters<typeof spawnWorker>[0] = {}): SupervisedWorker {
  let worker = spawnWorker(options);
  let stopping = false;
  let restarts = 0;
  const ended = (async () => {
    for (;;) {
      await worker.gone;
      if (stopping) return;
      restarts++;
      worker = spawnWorker(options);
    }
  })();
  return {
    restarts: () => restarts,
    signal: (name) => worker.signal(name),
    stop: async () => {
      stopping = true;
      worker.signal("SIGTERM");
      await ended;
    },
  };
}
