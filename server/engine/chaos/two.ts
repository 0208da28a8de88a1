import { setTimeout as pause } from "node:timers/promises";
import { throwAwayDatabase } from "../conformance/embedded";
import { clientFor, serveApp } from "../conformance/suite";
import type { Finding } from "./finding";
import { afterwards } from "./leftovers";
import { deliver, query, restartableEngine, untilAllEnded } from "./processes";

const runs = 50;
const width = 20;
const limited = 60;

/** Two engine processes on one database: 1,000 parallel steps run once each, and a key's limit holds across both. */
export async function twoEngines(): Promise<Finding[]> {
  const database = await throwAwayDatabase();
  const first = await restartableEngine(database.url, { ENGINE_WORKERS: "10" });
  const second = await restartableEngine(database.url, { ENGINE_WORKERS: "10" });
  const client = clientFor({ url: first.url, kind: "embedded" }, "two");
  const bodies = new Map<string, number>();
  const open = new Map<string, number>();
  let peak = 0;
  const app = await serveApp(client, [
    client.createFunction({ id: "wide", triggers: [{ event: "two/wide" }] }, async ({ step, runId }) => {
      const one = (n: number) =>
        step.run(`s${n}`, () => {
          const key = `${runId} ${n}`;
          bodies.set(key, (bodies.get(key) ?? 0) + 1);
        });
      await Promise.all(Array.from({ length: width }, (_, n) => one(n)));
    }),
    client.createFunction(
      {
        id: "limited",
        concurrency: { limit: 2, key: "event.data.key" },
        triggers: [{ event: "two/limited" }],
      },
      async ({ event }) => {
        const key = String(event.data.key);
        open.set(key, (open.get(key) ?? 0) + 1);
        peak = Math.max(peak, open.get(key) ?? 0);
        await pause(30);
        open.set(key, (open.get(key) ?? 1) - 1);
      },
    ),
  ]);
  await app.sync();
  await deliver(
    first.url,
    Array.from({ length: runs }, () => ({ name: "two/wide", data: {} })),
  );
  await deliver(
    second.url,
    Array.from({ length: limited }, (_, n) => ({ name: "two/limited", data: { key: n % 3 } })),
  );
  await untilAllEnded(database.url, 240_000);
  const findings = await afterwards(database.url, runs + limited);
  const owners = await query<{ n: number }>(
    database.url,
    "select last_value::int as n from engine.instance_id",
  );
  const twice = [...bodies.values()].filter((count) => count > 1).length;
  await app.close();
  await first.stop();
  await second.stop();
  await database.stop();
  return [
    ...findings,
    {
      claim: `${runs * width} parallel steps run once each`,
      ok: bodies.size === runs * width && twice === 0,
      seen: `${bodies.size} bodies, ${twice} run twice, ${owners[0]?.n} engine processes`,
    },
    {
      claim: "a key's limit of 2 holds across processes and is used",
      ok: peak === 2,
      seen: `at most ${peak} at once`,
    },
  ];
}
