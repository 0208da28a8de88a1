import { hotSql, isDatabaseOpen } from "@/db/client";
import { loggerFor } from "@/server/platform/logger";

/** The channel on which the lanes hear that there is something to seal. */
const BATCHES_CHANNEL = "ringback_batches";
/** What such a notice says: executions are due, which nobody has sealed yet. Others tell of batches, by their run. */
export const TO_SEAL = "due";
/** Least time between two notices of this process. */
const APART_MS = 10;
const log = loggerFor("automations");
const waking = { timer: null as NodeJS.Timeout | null, last: Number.NEGATIVE_INFINITY };

/**
 * Wakes the worker's lanes after a commit: at once, or, where they were woken a moment ago, once for everything that entered in
 * these milliseconds. Not in the transaction: commits that notify wait for one another. A notice that is lost costs nothing,
 * the lanes look by themselves.
 */
export function wakeSender(): void {
  if (waking.timer) return;
  const left = waking.last + APART_MS - performance.now();
  if (left <= 0) notify();
  else
    waking.timer = setTimeout(() => {
      waking.timer = null;
      notify();
    }, left).unref();
}

function notify(): void {
  waking.last = performance.now();
  if (!isDatabaseOpen()) return;
  // A notice is as good as gone when the server ends: its commit waits for no disk, and holds up no other one meanwhile.
  hotSql()`select set_config('synchronous_commit', 'off', true), pg_notify(${BATCHES_CHANNEL}, ${TO_SEAL})`.catch(
    (error: Error) => log.debug({ message: error.message }, "the lanes were not woken"),
  );
}
