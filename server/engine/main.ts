import { surviveLostConnections } from "@/db/pool";
import { env } from "@/env";
import { logger } from "@/server/platform/logger";
import { startEngine } from "./engine";

/** The supervisor kills a little later (ms). */
const CALLS_GRACE_MS = 7_000;

const log = logger.child({ process: "engine" });

surviveLostConnections((error, fatal) => {
  if (fatal) log.fatal({ err: error }, "uncaught error");
  else log.warn({ error: error.message }, "work on a lost database connection");
});

try {
  const engine = await startEngine(
    {
      databaseUrl: env.DATABASE_URL,
      host: env.HOST,
      port: env.ENGINE_PORT,
      workers: env.ENGINE_WORKERS,
      signingKey: env.INNGEST_SIGNING_KEY,
      signingKeyFallback: env.INNGEST_SIGNING_KEY_FALLBACK,
      eventKey: env.INNGEST_EVENT_KEY,
      testClock: env.ENGINE_TEST_CLOCK === "1",
      retentionDays: env.ENGINE_RETENTION_DAYS,
    },
    log,
  );
  let stopping = false;
  const stop = (signal: string): void => {
    if (stopping) return;
    stopping = true;
    log.info({ signal }, "engine stopping");
    engine.stop(CALLS_GRACE_MS).then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, "engine did not stop cleanly");
        process.exit(1);
      },
    );
  };
  process.on("SIGTERM", () => stop("SIGTERM"));
  process.on("SIGINT", () => stop("SIGINT"));
} catch (error) {
  log.fatal({ err: error }, "engine could not start");
  process.exit(1);
}
