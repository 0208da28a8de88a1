import postgres from "postgres";
import { closeDatabase } from "@/db/client";
import { migrateDatabase } from "@/db/migrate";
import { env } from "@/env";
import { spawnSink } from "@/server/deliveries/testing/spawn-sink";
import { spawnWorker } from "@/server/deliveries/testing/spawn-worker";
import { throwAwayDatabase } from "@/server/engine/conformance/embedded";
import { arrangeWorkspace } from "./sending/arrange";
import { ledgerRate } from "./sending/ledger";
import { oursRate, rssMb, usualRate } from "./sending/rounds";

const OURS = 8_000;
const USUAL = 4_000;
const LEDGER = 100_000;
const ROUNDS = 3;

const median = (values: number[]): number =>
  values.toSorted((one, other) => one - other)[values.length >> 1] ?? 0;

/**
 * The lease loop against the usual way, in turn, to one mail server in its own process; then the ledger alone. Production
 * processes, fsync on, the median of three rounds, counted from rows.
 */
export async function bench(): Promise<Record<string, number>> {
  const database = await throwAwayDatabase();
  await migrateDatabase(database.url);
  const sink = await spawnSink();
  env.DATABASE_URL = database.url;
  env.RINGBACK_DATA_DIR = database.dir;
  env.RINGBACK_SECRET = "a secret of the bench alone";
  env.SMTP_URL = sink.url;
  const owner = postgres(database.url, { max: 2, onnotice: () => undefined });
  const workspaceId = await arrangeWorkspace(owner, OURS);
  // The rule of one service message a policy and day would skip the second round.
  await owner`
    insert into sending_rules (workspace_id, caps, service_per_policy_day, payments_max_age_hours)
    values (${workspaceId}, ${owner.json({ email: null, sms: null, whatsapp: null })}, 20, null)`;
  const worker = spawnWorker({ microBatch: 100 });
  await worker.ready;
  const ours: number[] = [];
  const usual: number[] = [];
  await oursRate(owner, workspaceId);
  for (let round = 0; round < ROUNDS; round++) {
    ours.push(await oursRate(owner, workspaceId));
    usual.push(await usualRate(owner, workspaceId, USUAL));
  }
  const rss = rssMb(worker.pid);
  worker.signal("SIGTERM");
  await worker.gone;
  const many = await arrangeWorkspace(owner, LEDGER);
  const ledger: number[] = [];
  for (let round = 0; round < ROUNDS; round++) ledger.push(await ledgerRate(owner, many));
  await closeDatabase();
  await owner.end();
  await sink.stop();
  await database.stop();
  return {
    perSecond: Math.round(median(ours)),
    usualPerSecond: Math.round(median(usual)),
    ratioToUsualWay: Number((median(ours) / median(usual)).toFixed(2)),
    ledgerRowsPerSecond: Math.round(median(ledger)),
    rssMb: Math.round(rss),
  };
}
