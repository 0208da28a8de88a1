import diagnostics from "node:diagnostics_channel";
import type { Server } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { closeDatabase } from "@/db/client";
import { env } from "@/env";
import { Door } from "@/server/platform/door";
import { loggerFor } from "@/server/platform/logger";

const log = loggerFor("web");
/** What is still being answered after this is cut (ms); the supervisor kills a little later. */
const GRACE_MS = 7_000;

// Next loads what a page uses and what starts the process apart.
const keeper = globalThis as { ringbackDrains?: boolean };

/** True from the signal to stop on: nothing new should be sent here. */
export const isDraining = (): boolean => keeper.ringbackDrains === true;

/**
 * Ends the web process in order on SIGTERM or SIGINT: `/readyz` answers 503 for `DRAIN_SECONDS`, so that a load balancer turns
 * away while the door is still open; then nothing new is taken, what is under way is answered, and the process ends. Next's own
 * handling, which closes the door first, has to be off (`NEXT_MANUAL_SIG_HANDLE`).
 */
export function drainOnSignal(): void {
  let door: Door | null = null;
  const found = (message: unknown) => {
    door ??= new Door((message as { server: Server }).server);
    if (isDraining()) door.drain();
    diagnostics.unsubscribe("http.server.request.start", found);
  };
  diagnostics.subscribe("http.server.request.start", found);
  for (const signal of ["SIGTERM", "SIGINT"] as const)
    process.on(signal, () => {
      if (isDraining()) return;
      keeper.ringbackDrains = true;
      log.info({ signal, seconds: env.DRAIN_SECONDS }, "the web process drains");
      void leave(() => door);
    });
}

/** `door` is found with the first request, which may come after the signal. */
async function leave(door: () => Door | null): Promise<void> {
  door()?.drain();
  await pause(env.DRAIN_SECONDS * 1_000);
  await door()?.close(GRACE_MS);
  await closeDatabase();
  log.info("the web process ends");
  process.exit(0);
}
