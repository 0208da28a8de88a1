import fs from "node:fs";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import postgres, { type Sql } from "postgres";
import { closeDatabase } from "@/db/client";
import { migrateDatabase } from "@/db/migrate";
import { env } from "@/env";
import { type SinkProcess, spawnSink } from "@/server/deliveries/testing/spawn-sink";
import { spawnWorker } from "@/server/deliveries/testing/spawn-worker";
import { throwAwayDatabase } from "@/server/engine/conformance/embedded";
import { arrangeCampaign, arrangeWorkspace, release } from "./sending/arrange";
import { mostInASecond, perSecond } from "./sending/arrivals";

const WORKERS = 4;
/** Messages a second that the account is set to, one after the other. */
const RATES = [10, 50, 200];
const SECONDS = 20;

/**
 * Four workers share the throttle of one account into a mail server that stamps what arrives. For each rate: the share of
 * it that was reached, and the most messages over it in any second, with what the goal allows (1 message or 1 %).
 */
export async function bench(): Promise<Record<string, number>> {
  const database = await throwAwayDatabase();
  await migrateDatabase(database.url);
  // In memory where there is such a place: the database flushes its disk for each window, and the server must not wait for that.
  const logPath = path.join(
    fs.existsSync("/dev/shm") ? fs.mkdtempSync("/dev/shm/pacing-") : database.dir,
    "sink.log",
  );
  fs.writeFileSync(logPath, "");
  const sink = await spawnSink({ logPath, ownMachine: true });
  Object.assign(env, {
    DATABASE_URL: database.url,
    RINGBACK_DATA_DIR: database.dir,
    RINGBACK_SECRET: "a secret of the bench alone",
    SMTP_URL: sink.url,
  });
  const owner = postgres(database.url, { max: 2, onnotice: () => undefined });
  const workers = Array.from({ length: WORKERS }, () => spawnWorker({ microBatch: 100 }));
  await Promise.all(workers.map(({ ready }) => ready));
  const figures: Record<string, number> = {};
  for (const rate of RATES) Object.assign(figures, await atRate(owner, sink, rate));
  for (const worker of workers) worker.signal("SIGTERM");
  await Promise.all(workers.map(({ gone }) => gone));
  await closeDatabase();
  await owner.end();
  await sink.stop();
  await database.stop();
  return figures;
}

async function atRate(owner: Sql, sink: SinkProcess, rate: number): Promise<Record<string, number>> {
  const messages = rate * SECONDS;
  const workspaceId = await arrangeWorkspace(owner, messages);
  await owner`
    update channel_accounts set rate_per_second = ${rate} where workspace_id = ${workspaceId} and channel = 'email'`;
  const campaign = await arrangeCampaign(owner, workspaceId);
  const before = sink.log().length;
  await release(owner, campaign);
  for (let waited = 0; sink.log().length < before + messages; waited += 200) {
    if (waited > SECONDS * 3_000) throw new Error(`at ${rate}/s the campaign does not end`);
    await delay(200);
  }
  const arrivals = sink.log().slice(before);
  if (new Set(arrivals.map(({ id }) => id)).size !== messages) throw new Error("a message arrived twice");
  const times = arrivals.map(({ at }) => at);
  return {
    [`share${rate}`]: Number((perSecond(times) / rate).toFixed(4)),
    [`over${rate}`]: mostInASecond(times) - rate,
    [`allowed${rate}`]: Math.max(1, Math.floor(rate / 100)),
  };
}
