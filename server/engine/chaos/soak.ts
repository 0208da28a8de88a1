import fs from "node:fs";
import { throwAwayDatabase } from "../conformance/embedded";
import type { Finding } from "./finding";
import { deliver, query, restartableApp, restartableEngine, untilAllEnded } from "./processes";

const rounds = 20;
const perRound = 1000;

/** Resident memory of a process in MB, as Linux tells it. */
const residentMb = (pid: number): number => {
  const kb = /VmRSS:\s+(\d+)/.exec(fs.readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
  return Math.round(Number(kb) / 1024);
};

/** 20,000 runs of one step: five runs a second for more than an hour. The engine's memory stays where it was. */
export async function soak(): Promise<Finding[]> {
  const database = await throwAwayDatabase({ fsync: "off" });
  const engine = await restartableEngine(database.url);
  const app = await restartableApp(database.dir, engine.url);
  const memory: number[] = [];
  for (let round = 0; round < rounds; round++) {
    await deliver(
      engine.url,
      Array.from({ length: perRound }, (_, n) => ({ name: "bench/one", data: { n } })),
    );
    await untilAllEnded(database.url, 120_000);
    memory.push(residentMb(engine.pid()));
    process.stdout.write(`  ${(round + 1) * perRound} runs, ${memory.at(-1)} MB\n`);
  }
  const done = "select count(*)::int as n from engine.run where state = 'completed'";
  const [{ n } = { n: 0 }] = await query<{ n: number }>(database.url, done);
  await app.stop();
  await engine.stop();
  await database.stop();
  const early = Math.max(...memory.slice(3, 8));
  const late = Math.max(...memory.slice(-5));
  return [
    { claim: "all runs complete", ok: n === rounds * perRound, seen: `${n} of ${rounds * perRound}` },
    {
      claim: "the engine's memory stays flat",
      ok: late <= early * 1.25,
      seen: `${early} MB early, ${late} MB at the end`,
    },
  ];
}
