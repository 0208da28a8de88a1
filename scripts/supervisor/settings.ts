import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { freePort, isPortFree } from "@/db/ports";
import { childEnvironment, env } from "@/env";
import type { Secrets } from "@/server/platform/installation";
import { Seat } from "./seat";

/** A process that was just killed gives its port back within this time. */
const PORT_PATIENCE_MS = 5_000;

export type Settings = {
  development: boolean;
  dataDir: string;
  port: number;
  enginePort: number;
  workerPort: number;
  externalEngine: boolean;
  url: string;
  seat: Seat;
};

/**
 * Where everything will run. `beside`: another supervisor may hold the data directory and will be stopped soon.
 * @throws Error with a sentence when the port or the data directory is taken.
 */
export async function chooseSettings(development: boolean, beside: boolean): Promise<Settings> {
  const dataDir = path.resolve(env.RINGBACK_DATA_DIR);
  makeDataDir(dataDir);
  const seat = new Seat(dataDir);
  if (!beside) seat.refuseSecond();
  if (!(await waitForPort(env.PORT, env.HOST)))
    throw new Error(
      `Port ${env.PORT} is in use by another program. Stop that program, or choose another port: PORT=${env.PORT + 100} npm start`,
    );
  const enginePort = (await isPortFree(env.ENGINE_PORT, env.HOST)) ? env.ENGINE_PORT : await freePort();
  const workerPort = (await isPortFree(env.WORKER_PORT, env.HOST)) ? env.WORKER_PORT : await freePort();
  const externalEngine = Boolean(env.INNGEST_BASE_URL || env.INNGEST_EVENT_KEY || env.INNGEST_SIGNING_KEY);
  const url =
    env.RINGBACK_URL === "http://localhost:3000" ? `http://localhost:${env.PORT}` : env.RINGBACK_URL;
  seat.take(url);
  return { development, dataDir, port: env.PORT, enginePort, workerPort, externalEngine, url, seat };
}

/** What every child process sees. Variables that the operator set win over generated ones. */
export function environmentFor(settings: Settings, secrets: Secrets, databaseUrl: string): NodeJS.ProcessEnv {
  const engineUrl = `http://127.0.0.1:${settings.enginePort}`;
  const engine = settings.externalEngine
    ? {}
    : {
        INNGEST_SIGNING_KEY: secrets.INNGEST_SIGNING_KEY,
        INNGEST_EVENT_KEY: secrets.INNGEST_EVENT_KEY,
        INNGEST_BASE_URL: engineUrl,
        INNGEST_DEV: "0",
      };
  return childEnvironment({
    ...engine,
    NODE_ENV: settings.development ? "development" : "production",
    DATABASE_URL: databaseUrl,
    RINGBACK_DATA_DIR: settings.dataDir,
    RINGBACK_SECRET: env.RINGBACK_SECRET || secrets.RINGBACK_SECRET,
    NEXTAUTH_SECRET: env.NEXTAUTH_SECRET ?? secrets.NEXTAUTH_SECRET,
    AUTH_TRUST_HOST: "true",
    NEXT_TELEMETRY_DISABLED: "1",
    // `server/operations/drain.ts` ends the web process; `next dev` ends itself.
    NEXT_MANUAL_SIG_HANDLE: settings.development ? undefined : "1",
    RINGBACK_URL: settings.url,
    PORT: String(settings.port),
    ENGINE_PORT: String(settings.enginePort),
    WORKER_PORT: String(settings.workerPort),
  });
}

function makeDataDir(dataDir: string): void {
  try {
    mkdirSync(dataDir, { recursive: true });
    writeFileSync(path.join(dataDir, ".write-check"), "");
    rmSync(path.join(dataDir, ".write-check"));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const why =
      code === "ENOSPC"
        ? "the disk is full; free about 300 MB"
        : code === "EACCES" || code === "EROFS"
          ? "it cannot be written; choose another with RINGBACK_DATA_DIR"
          : String(error);
    throw new Error(`The data directory ${dataDir} cannot be used: ${why}.`, { cause: error });
  }
}

async function waitForPort(port: number, host: string): Promise<boolean> {
  for (let waited = 0; waited < PORT_PATIENCE_MS; waited += 250) {
    if (await isPortFree(port, host)) return true;
    await delay(250);
  }
  return false;
}
