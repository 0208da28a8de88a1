import { setTimeout as pause } from "node:timers/promises";
import { isDatabaseAway } from "@/db/pool";

const longestPauseMs = 1000;

/**
 * Does `work`, again and again while the database is away or the connection breaks under it, until `signal` aborts. Only
 * for work that may be repeated when its commit got through and the answer to the commit did not.
 */
export async function whileAway(work: () => Promise<void>, signal: AbortSignal): Promise<void> {
  for (let wait = 50; ; wait = Math.min(wait * 2, longestPauseMs)) {
    try {
      return await work();
    } catch (error) {
      if (signal.aborted || !isDatabaseAway(error)) throw error;
    }
    await pause(wait, undefined, { signal });
  }
}
