import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { embeddedUrl, startEmbeddedPostgres } from "@/db/embedded";
import { freePort } from "@/db/ports";
import { byBody, readEffects } from "./effects";
import type { Finding } from "./finding";
import { afterwards } from "./leftovers";
import { deliver, restartableApp, restartableEngine, untilAllEnded } from "./processes";

const runs = 60;

/** Postgres is killed -9 three times while runs are under way; the engine finds its way back without a restart. */
export async function killPostgres(): Promise<Finding[]> {
  const home = fs.mkdtempSync(path.join(os.tmpdir(), "ringback-engine-"));
  fs.chmodSync(home, 0o755);
  const dir = path.join(home, "postgres");
  const port = await freePort();
  let server = await startEmbeddedPostgres(dir, { port });
  const url = embeddedUrl(port, "postgres");
  const engine = await restartableEngine(url, { LOG_LEVEL: "fatal" });
  const app = await restartableApp(home, engine.url);
  const pid = engine.pid();
  for (let round = 0; round < 3; round++) {
    const part = Array.from({ length: runs / 3 }, (_, n) => ({ n: round * 100 + n }));
    await deliver(
      engine.url,
      part.map((data) => ({ name: "chaos/journey", data, id: `pg-${data.n}` })),
    );
    await pause(700);
    process.kill(server.pid, "SIGKILL");
    server = await startEmbeddedPostgres(dir, { port });
  }
  const live = await untilAllEnded(url, 120_000);
  const findings = await afterwards(url, runs);
  const n = byBody(readEffects(home)).length;
  const same = engine.pid() === pid;
  await app.stop();
  await engine.stop();
  await server.stop();
  fs.rmSync(home, { recursive: true, force: true });
  return [
    ...findings,
    { claim: "no run is stuck", ok: live === 0, seen: `${live} live` },
    { claim: "every accepted event ran to its end", ok: n === runs * 4, seen: `${n} of ${runs * 4} bodies` },
    { claim: "the engine process itself went on", ok: same, seen: same ? "same process" : "another process" },
  ];
}
