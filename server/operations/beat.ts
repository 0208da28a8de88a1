import { hotSql } from "@/db/client";
import { loggerFor } from "@/server/platform/logger";
import type { BeatingProcess } from "./status";

const BEAT_MS = 5_000;
const timers = new Map<BeatingProcess, NodeJS.Timeout>();
const log = loggerFor("heartbeat");

/** Writes down that a process lives now. One row for all processes of a name: any of them keeps it fresh. */
export async function beat(process: BeatingProcess): Promise<void> {
  await hotSql()`
    insert into heartbeats (process) values (${process}) on conflict (process) do update set beat_at = clock_now()`;
}

/** Of a process that not every installation has: it was stopped in order, so nobody misses it. */
export async function endBeating(process: BeatingProcess): Promise<void> {
  clearInterval(timers.get(process));
  await hotSql()`delete from heartbeats where process = ${process}`;
}

/** Beats every five seconds until the process ends. A beat that fails is not made up for: silence is what it should be. */
export function startBeating(process: BeatingProcess): void {
  const once = () =>
    beat(process).catch((error: unknown) =>
      log.debug({ process, message: (error as Error).message }, "no heartbeat"),
    );
  void once();
  timers.set(process, setInterval(once, BEAT_MS).unref());
}
