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
  /** Resolves when it sends. */
  ready: Promise<void>;
  signal: (name: "SIGKILL" | "SIGSTOP" | "SIGCONT" | "SIGTERM") => void;
  /** Resolves when the process is gone. */
  gone: Promise<void>;
};

/** Starts a worker process on the test's database, data directory and mail server. */
export function spawnWorker(
  options: { leaseMs?: number; way?: "right" | "checkpoint-at-fetch" } = {},
): WorkerProcess {
  const child: ChildProcess = spawn(
    process.execPath,
    ["--import", "tsx", SCRIPT, String(options.leaseMs ?? 30_000), options.way ?? "right"],
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
    ready: once(child, "message").then(() => {}),
    signal: (name) => child.kill(name),
    gone,
  };
}

/** A worker that is started again whenever it ends, as the supervisor does, until `stop`. */
export function superviseWorker(): { restarts: () => number; stop: () => Promise<void> } {
  let worker = spawnWorker();
  let stopping = false;
  let restarts = 0;
  const ended = (async () => {
    for (;;) {
      await worker.gone;
      if (stopping) return;
      restarts++;
      worker = spawnWorker();
    }
  })();
  return {
    restarts: () => restarts,
    stop: async () => {
      stopping = true;
      worker.signal("SIGTERM");
      await ended;
    },
  };
}
