import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import postgres from "postgres";
import { closeDatabase } from "@/db/client";
import { startEmbeddedPostgres } from "@/db/embedded";
import { makeMember } from "@/db/testing/factories";
import { env } from "@/env";
import { runFigures } from "@/server/deliveries/figures";
import { recount } from "@/server/deliveries/testing/campaign";
import { recountPromise } from "@/server/deliveries/testing/recount-promise";
import { type SupervisedWorker, superviseWorker } from "@/server/deliveries/testing/spawn-worker";
import type { Finding } from "@/server/engine/chaos/finding";
import { type Arranged, arrange } from "./arrange";
import { judge } from "./judge";
import { type Trouble, troublesOf } from "./troubles";

export type Trial = {
  size: number;
  seed: number;
  onUnknown: "hold" | "resend";
  way: "right" | "checkpoint-at-fetch";
  kills: number;
};

const WORKERS = 2;
/** Short, so that a worker can be stopped beyond it. */
const LEASE_MS = 3_000;
const PATIENCE_MS = 15 * 60_000;

/** Sends one campaign to the end while everything goes wrong, and says what is true afterwards. */
export async function sendThroughTrouble(trial: Trial): Promise<Finding[]> {
  const arranged = await arrange(trial);
  const { sink, campaign, stop } = arranged;
  const workers = Array.from({ length: WORKERS }, () =>
    superviseWorker({ leaseMs: LEASE_MS, way: trial.way, microBatch: 100 }),
  );
  const began = performance.now();
  for (const trouble of troublesOf(trial, WORKERS)) {
    await until(async () => (await sink.count()).taken >= trouble.after || (await isDrained(arranged)), 20);
    await cause(trouble, { arranged, workers });
  }
  await sink.faults({});
  await until(() => isDrained(arranged), 250);
  const restarts = workers.reduce((sum, worker) => sum + worker.restarts(), 0);
  await Promise.all(workers.map((worker) => worker.stop()));
  const seconds = Math.round((performance.now() - began) / 1_000);
  process.stdout.write(`  ${seconds} s, ${restarts} restarts of workers\n`);

  const owner = postgres(env.DATABASE_URL, { max: 2, onnotice: () => undefined });
  const ctx = await makeMember(owner, arranged.workspaceId);
  const taken = new Map<string, number>();
  for (const { id } of sink.log()) taken.set(id, (taken.get(id) ?? 0) + 1);
  const findings = judge(trial, {
    recounted: await recountPromise(owner, campaign.runNumber, taken),
    figures: await runFigures(ctx, campaign),
    raw: await recount(owner, campaign.runNumber),
    gone: arranged.gone,
    restarts,
    dropped: (await sink.count()).dropped,
  });
  await closeDatabase();
  await owner.end();
  await stop();
  return findings;
}

type Reach = { arranged: Arranged; workers: SupervisedWorker[] };

async function cause(trouble: Trouble, { arranged, workers }: Reach): Promise<void> {
  if (trouble.kind === "faults") await arranged.sink.faults(trouble.faults);
  else if (trouble.kind === "database") await crash(arranged);
  else if (trouble.kind === "kill") workers[trouble.worker]?.signal("SIGKILL");
  else {
    workers[trouble.worker]?.signal("SIGSTOP");
    await delay(LEASE_MS * 1.5);
    workers[trouble.worker]?.signal("SIGCONT");
  }
}

/** The postmaster's immediate stop: nobody is asked, nothing is flushed, and the next start recovers from the log. */
async function crash(arranged: Arranged): Promise<void> {
  process.kill(arranged.postgres.pid, "SIGQUIT");
  arranged.postgres = await startEmbeddedPostgres(path.join(arranged.dir, "postgres"), {
    port: arranged.postgres.port,
  });
}

/** Whether nothing is left to send; false while the database is away. */
async function isDrained({ campaign }: Arranged): Promise<boolean> {
  const owner = postgres(env.DATABASE_URL, { max: 1, onnotice: () => undefined, connect_timeout: 5 });
  try {
    const [row] = await owner<{ left: boolean }[]>`
      select exists (select from execution_batches where run_number = ${campaign.runNumber} and status = 'open')
        or exists (select from executions_due where run_number = ${campaign.runNumber}) as left`;
    return row?.left === false;
  } catch {
    return false;
  } finally {
    await owner.end({ timeout: 1 });
  }
}

async function until(what: () => Promise<boolean>, everyMs: number): Promise<void> {
  for (const began = performance.now(); !(await what()); await delay(everyMs))
    if (performance.now() - began > PATIENCE_MS) throw new Error("the campaign does not end");
}
