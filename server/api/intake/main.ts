import { setTimeout as pause } from "node:timers/promises";
import { closeDatabase } from "@/db/client";
import { surviveLostConnections } from "@/db/pool";
import { env } from "@/env";
import { endBeating, startBeating } from "@/server/operations";
import { loggerFor } from "@/server/platform/logger";
import { startIntake } from "./server";

/** Started with its port as the only argument. */
const log = loggerFor("intake");

surviveLostConnections((error, fatal) => {
  if (fatal) log.fatal({ err: error }, "uncaught error");
  else log.warn({ message: error.message }, "work on a lost database connection");
});

const intake = await startIntake({ host: env.HOST, port: Number(process.argv[2]) });
log.info({ port: intake.port }, "intake started");
startBeating("intake");

let stopping = false;
for (const signal of ["SIGTERM", "SIGINT"] as const)
  process.on(signal, () => {
    if (stopping) return;
    stopping = true;
    intake.drain();
    void pause(env.DRAIN_SECONDS * 1_000)
      .then(intake.stop)
      .then(() => endBeating("intake"))
      .catch((error: unknown) =>
        log.warn({ message: (error as Error).message }, "the intake did not end in order"),
      )
      .then(closeDatabase)
      .then(() => process.exit(0));
  });
