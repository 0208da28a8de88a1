import { setTimeout as pause } from "node:timers/promises";
import postgres from "postgres";
import { throwAwayDatabase } from "../conformance/embedded";
import type { Finding } from "./finding";
import { afterwards } from "./leftovers";
import { deliver, prepareEffects, restartableApp, restartableEngine, untilAllEnded } from "./processes";

const runs = 100;
const kills = 25;

/** 100 runs while engine and app are killed 25 times in turn; an effect may repeat only where a kill cut it off. */
export async function killRuns(): Promise<Finding[]> {
  const database = await throwAwayDatabase();
  const sql = postgres(database.url, { max: 2, onnotice: () => undefined });
  await prepareEffects(sql);
  const engine = await restartableEngine(database.url);
  const app = await restartableApp(database.url, engine.url);
  const outages: { from: Date; to: Date }[] = [];
  const clock = async (): Promise<Date> =>
    (await sql<{ now: Date }[]>`select clock_timestamp() as now`)[0]?.now ?? new Date(0);
  let sent = 0;
  for (let kill = 0; kill < kills; kill++) {
    const part = Array.from({ length: runs / kills }, () => sent++);
    await deliver(
      engine.url,
      part.map((n) => ({ name: "chaos/journey", data: { n }, id: `journey-${n}` })),
    );
    await pause(300 + Math.random() * 900);
    const from = await clock();
    await (kill % 2 === 0 ? engine : app).kill();
    outages.push({ from, to: await clock() });
  }
  const live = await untilAllEnded(sql, 180_000);
  const findings = await afterwards(sql, runs);
  const effects = await sql<{ n: number; distinct: number }[]>`
    select count(*)::int as n, count(distinct (run, body))::int as distinct from chaos_effect`;
  const repeated = await sql<{ run: string; began: Date; last: Date; calls: number; times: number }[]>`
    select run, min(began) as began, max(at) as last, count(distinct call)::int as calls, count(*)::int as times
    from chaos_effect group by run, body having count(*) > 1`;
  const unexplained = repeated.filter(
    // A call that an engine sent before it died may reach a busy app only while that engine is gone.
    ({ began, last, calls, times }) =>
      calls < times || !outages.some(({ from, to }) => to >= began && from <= last),
  );
  await app.stop();
  await engine.stop();
  await sql.end();
  await database.stop();
  return [
    ...findings,
    { claim: "no run is stuck", ok: live === 0, seen: `${live} live` },
    {
      claim: "every body ran",
      ok: effects[0]?.distinct === runs * 4,
      seen: `${effects[0]?.distinct} of ${runs * 4} bodies`,
    },
    {
      claim: "bodies are repeated only where a kill cut them off before their memo",
      ok: unexplained.length === 0,
      seen: `${repeated.length} of ${runs * 4} repeated, ${unexplained.length} without a kill in between`,
    },
  ];
}
