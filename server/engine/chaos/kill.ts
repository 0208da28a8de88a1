import { setTimeout as pause } from "node:timers/promises";
import { throwAwayDatabase } from "../conformance/embedded";
import { byBody, type Effect, readEffects } from "./effects";
import type { Finding } from "./finding";
import { afterwards } from "./leftovers";
import { deliver, restartableApp, restartableEngine, untilAllEnded } from "./processes";

const whole = { runs: 100, kills: 25 };

/** From the moment of a kill until the process was back. */
type Outage = { from: number; to: number };

// A call that an engine sent before it died may reach a busy app only while that engine is gone: the whole outage counts.
const isCut = (times: Effect[], outages: Outage[]): boolean => {
  const began = Math.min(...times.map((effect) => effect.began));
  const last = Math.max(...times.map(({ at }) => at));
  const calls = new Set(times.map(({ call }) => call));
  return calls.size === times.length && outages.some(({ from, to }) => to >= began && from <= last);
};

/**
 * Runs while engine and app are killed in turn; an effect may repeat only where a kill cut it off. `open` gives the database
 * and a directory of its own.
 */
export async function killRuns({ runs, kills } = whole, open = throwAwayDatabase): Promise<Finding[]> {
  const database = await open();
  const engine = await restartableEngine(database.url);
  const app = await restartableApp(database.dir, engine.url);
  const outages: Outage[] = [];
  let sent = 0;
  for (let kill = 0; kill < kills; kill++) {
    const part = Array.from({ length: runs / kills }, () => sent++);
    await deliver(
      engine.url,
      part.map((n) => ({ name: "chaos/journey", data: { n }, id: `journey-${n}` })),
    );
    await pause(300 + Math.random() * 900);
    const from = Date.now();
    await (kill % 2 === 0 ? engine : app).kill();
    outages.push({ from, to: Date.now() });
  }
  const live = await untilAllEnded(database.url, 180_000);
  const findings = await afterwards(database.url, runs);
  const bodies = byBody(readEffects(database.dir));
  const repeated = bodies.filter(({ length }) => length > 1);
  const unexplained = repeated.filter((times) => !isCut(times, outages));
  await app.stop();
  await engine.stop();
  await database.stop();
  return [
    ...findings,
    { claim: "no run is stuck", ok: live === 0, seen: `${live} live` },
    {
      claim: "every body ran",
      ok: bodies.length === runs * 4,
      seen: `${bodies.length} of ${runs * 4} bodies`,
    },
    {
      claim: "bodies are repeated only where a kill cut them off before their memo",
      ok: unexplained.length === 0,
      seen: `${repeated.length} of ${runs * 4} repeated, ${unexplained.length} without a kill in between`,
    },
  ];
}
