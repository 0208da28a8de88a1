import { hotSql, isDatabaseOpen } from "@/db/client";
import { loggerFor } from "@/server/platform/logger";

/** The channel on which the lanes hear that there is something to seal. */
const BATCHES_CHANNEL = "ringback_batches";
const COALESCE_MS = 10;
const log = loggerFor("automations");
const waking = { timer: null as NodeJS.Timeout | null };

/**
 * Wakes the worker's lanes after a commit, once for everything that entered in these milliseconds. Not in the transaction:
 * commits that notify wait for one another. A notice that is lost costs nothing, the lanes look by themselves.
 */
export function wakeSender(): void {
  waking.timer ??= setTimeout(() => {
    waking.timer = null;
    if (!isDatabaseOpen()) return;
    hotSql()`select pg_notify(${BATCHES_CHANNEL}, '')`.catch((error: Error) =>
      log.debug({ message: error.message }, "the lanes were not woken"),
    );
  }, COALESCE_MS).unref();
}
