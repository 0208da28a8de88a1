import { setTimeout as delay } from "node:timers/promises";
import { isPassing } from "@/server/platform/passing";

const LONGEST_WAIT_MS = 1_000;

/**
 * Repeats `work` while the database is away, until `giveUp` says no more. Only for work that may run twice.
 * @throws the last error when it gives up, and any other error at once.
 */
export async function steadily<T>(work: () => Promise<T>, giveUp: () => boolean): Promise<T> {
  for (let wait = 20; ; wait = Math.min(wait * 2, LONGEST_WAIT_MS)) {
    try {
      return await work();
    } catch (error) {
      if (!isPassing(error) || giveUp()) throw error;
      await delay(wait);
    }
  }
}
