import { type ChildProcess, spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { embeddedUrl, startEmbeddedPostgres } from "@/db/embedded";
import { freePort } from "@/db/ports";
import { childEnvironment, env } from "@/env";
import type { Target } from "./case";

export type EngineProcess = {
  url: string;
  child: ChildProcess;
  stop(signal?: NodeJS.Signals): Promise<void>;
};

/** A database for one command, and a directory of its own. */
type ThrowAway = { url: string; dir: string; stop(): Promise<void> };

/** A throw-away Postgres for commands outside the test runner, or DATABASE_URL when it is given. */
export async function throwAwayDatabase(flags: Record<string, string> = {}): Promise<ThrowAway> {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), "ringback-engine-"));
  const remove = () => fs.rmSync(dir, { recursive: true, force: true });
  if (env.DATABASE_URL) return { url: env.DATABASE_URL, dir, stop: async () => remove() };
  // Postgres runs as another account when we are root: it has to be able to enter.
  fs.chmodSync(dir, 0o755);
  const server = await startEmbeddedPostgres(path.join(dir, "postgres"), { flags });
  return {
    url: embeddedUrl(server.port, "postgres"),
    dir,
    stop: async () => {
      await server.stop();
      remove();
    },
  };
}

/** Starts one engine process as production does, and waits until it is healthy. */
export async function startEngineProcess(
  databaseUrl: string,
  extra: Record<string, string | undefined> = {},
): Promise<EngineProcess> {
  const port = Number(extra.ENGINE_PORT ?? (await freePort()));
  const given = { DATABASE_URL: databaseUrl, ENGINE_PORT: String(port), LOG_LEVEL: "error", ...extra };
  const child = spawn(process.execPath, ["--import", "tsx", "server/engine/main.ts"], {
    stdio: ["ignore", "inherit", "inherit"],
    env: childEnvironment(given),
  });
  const url = `http://127.0.0.1:${port}`;
  const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  for (;;) {
    const healthy = await fetch(`${url}/health`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (healthy) break;
    if (child.exitCode !== null) throw new Error(`The engine did not start (exit code ${child.exitCode}).`);
    await pause(50);
  }
  return {
    url,
    child,
    stop: async (signal = "SIGTERM") => {
      child.kill(signal);
      await exited;
    },
  };
}

/** The embedded engine on a database of its own, in cloud mode with a key that is being rotated out. */
export async function startEmbeddedEngine(): Promise<{ target: Target; stop(): Promise<void> }> {
  const database = await throwAwayDatabase({ fsync: "off" });
  const [signingKey, olderKey] = ["5a", "c3"].map((pair) => `signkey-test-${pair.repeat(32)}`);
  const eventKey = "an-event-key";
  const engine = await startEngineProcess(database.url, {
    INNGEST_SIGNING_KEY: signingKey,
    INNGEST_SIGNING_KEY_FALLBACK: olderKey,
    INNGEST_EVENT_KEY: eventKey,
  });
  return {
    target: {
      url: engine.url,
      kind: "embedded",
      ...(signingKey && { signingKey }),
      ...(olderKey && { olderKey }),
      eventKey,
    },
    stop: async () => {
      await engine.stop();
      await database.stop();
    },
  };
}
