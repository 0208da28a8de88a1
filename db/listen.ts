import { setTimeout as pause } from "node:timers/promises";
import type { Sql } from "postgres";

const firstPauseMs = 100;
const longestPauseMs = 2000;

/** What is done with the notices of each channel. */
export type Notices = Record<string, (payload: string) => void>;

/**
 * Hears notices on a connection of its own, which is opened again, for as long as it takes, when it is lost (the driver's own
 * `listen` gives up when the first try fails). Resolves when it listens. `open` makes a client of one connection.
 * @param onAgain after a lost connection: notices were missed.
 */
export async function listenTo(
  open: (hooks: { onnotify: (channel: string, payload: string) => void; onclose: () => void }) => Sql,
  heard: Notices,
  onAgain: () => void = () => undefined,
): Promise<() => Promise<void>> {
  let stopped = false;
  let current: Sql | null = null;

  async function connect(): Promise<void> {
    const own: Sql = open({
      onnotify: (channel, payload) => heard[channel]?.(payload),
      onclose: () => void (own === current && again(own)),
    });
    try {
      await own.unsafe(
        Object.keys(heard)
          .map((channel) => `listen "${channel}"`)
          .join("; "),
      );
    } catch (error) {
      await own.end({ timeout: 0 });
      throw error;
    }
    current = own;
  }

  async function again(lost: Sql): Promise<void> {
    current = null;
    await lost.end({ timeout: 0 });
    for (let wait = firstPauseMs; !stopped; wait = Math.min(wait * 2, longestPauseMs)) {
      const open = await connect().then(
        () => true,
        () => false,
      );
      if (open) return stopped ? void stop() : onAgain();
      await pause(wait, undefined, { ref: false });
    }
  }

  async function stop(): Promise<void> {
    stopped = true;
    const last = current;
    current = null;
    await last?.end({ timeout: 1 });
  }

  await connect();
  return stop;
}
