import { surviveLostConnections } from "@/db/pool";
import { env } from "@/env";
import { loggerFor } from "@/server/platform/logger";
import { startWorker } from "./worker";

const log = loggerFor("worker");

surviveLostConnections((error, fatal) => {
  if (fatal) log.fatal({ err: error }, "uncaught error");
  else log.warn({ message: error.message }, "work on a lost database connection");
});

const worker = await startWorker({ port: env.WORKER_PORT });

let stopping = false;
for (const signal of ["SIGTERM", "SIGINT"] as const)
  process.on(signal, () => {
    if (stopping) return;
    stopping = true;
    worker.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ message: (error as Error).message }, "the worker did not stop cleanly");
        process.exit(1);
      },
    );
  });
