import http from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { Inngest, type InngestFunction } from "inngest";
import { serve } from "inngest/node";
import { pino } from "pino";
import { startEngine } from "../engine";

type Clock = { now: number; next: number | null; busy: number };

/** An engine with a movable clock: what a function does over months, in about a second. */
export type VirtualEngine = {
  url: string;
  /** A client of this engine, e.g. to send events. */
  client: Inngest.Any;
  now(): Promise<number>;
  /** Resolves when nothing is ready, out or due: every run has ended or waits for a time or an event. */
  settle(): Promise<void>;
  /**
   * Lets `ms` of virtual time pass, stopping at every moment at which something is due and letting it finish before
   * going on. `onMove` is told each moment first: move the domain's own clock there (`clock_now()`).
   */
  pass(ms: number, onMove?: (nowMs: number) => Promise<void>): Promise<void>;
  stop(): Promise<void>;
};

const pollMs = 5;

/**
 * Starts an engine on a test database, serves functions to it over loopback HTTP and registers them. `functions` gets
 * the client, or ignores it when its functions belong to a client of their own with `baseUrl` set to the given URL.
 * Results above 64 kB and runs above 200 steps fail here: the portable subset, checked where functions are tested.
 */
export async function startVirtualEngine(
  databaseUrl: string,
  functions: (client: Inngest.Any, url: string) => InngestFunction.Any[],
): Promise<VirtualEngine> {
  const config = {
    databaseUrl,
    host: "127.0.0.1",
    port: 0,
    workers: 20,
    testClock: true,
    retentionDays: 3650,
  };
  const engine = await startEngine(config, pino({ level: "silent" }));
  const url = `http://127.0.0.1:${engine.port}`;
  const nothing = (): void => undefined;
  const logger = { debug: nothing, info: nothing, warn: nothing, error: nothing };
  const client = new Inngest({ id: "ringback", baseUrl: url, isDev: true, logger });
  const handler = serve({ client, functions: functions(client, url), servePath: "/api/inngest" });
  const server = http.createServer((request, response) => void handler(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const synced = await fetch(`http://127.0.0.1:${port}/api/inngest`, { method: "PUT" });
  if (!synced.ok) throw new Error(`The engine refused the functions: ${await synced.text()}`);

  const read = async (): Promise<Clock> => (await (await fetch(`${url}/test/clock`)).json()) as Clock;
  const move = async (to: number): Promise<void> => {
    await fetch(`${url}/test/clock`, { method: "POST", body: JSON.stringify({ to }) });
  };
  const settle = async (): Promise<Clock> => {
    for (;;) {
      const clock = await read();
      if (clock.busy === 0) return clock;
      await pause(pollMs);
    }
  };
  return {
    url,
    client,
    now: async () => (await read()).now,
    settle: async () => void (await settle()),
    async pass(ms, onMove) {
      const first = await settle();
      const end = first.now + ms;
      for (let clock = first; ; clock = await settle()) {
        const to = Math.min(end, Math.max(clock.now, clock.next ?? end));
        await onMove?.(to);
        await move(to);
        if (to >= end) break;
      }
      await settle();
    },
    async stop() {
      await engine.stop(1000);
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}
