import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeCustomers, makeMember, makeWorkspace } from "@/db/testing/factories";
import { env } from "@/env";
import type { Context } from "@/server/platform/context";
import { runFigures } from "./figures";
import { freezeRun } from "./freeze-run";
import {
  type CampaignSeed,
  grantConsent,
  type LaunchedCampaign,
  makeLaunchedCampaign,
} from "./testing/campaign";
import { temporaryDataDir } from "./testing/data-dir";
import { expectExactlyOnce } from "./testing/exactly-once";
import { expectFigures } from "./testing/expect-figures";
import { recountPromise } from "./testing/recount-promise";
import { type Sink, startSink } from "./testing/sink";
import { spawnWorker, type WorkerProcess } from "./testing/spawn-worker";

// Processes start slowly on a busy machine; nothing here depends on how long it takes.
vi.setConfig({ testTimeout: 120_000 });
temporaryDataDir();
const db = await testDatabase();
let ctx: Context;
let sink: Sink;
const workers = new Set<WorkerProcess>();

beforeEach(async () => {
  ctx = await makeMember(db.owner, await makeWorkspace(db.owner));
  sink = await startSink();
  env.SMTP_URL = sink.url;
});

afterEach(async () => {
  for (const worker of workers) {
    worker.signal("SIGKILL");
    await worker.gone;
  }
  workers.clear();
  await sink.close();
});

async function launch(size: number, seed: CampaignSeed = {}): Promise<LaunchedCampaign> {
  await makeCustomers(db.owner, ctx.workspaceId, size);
  await grantConsent(db.owner, ctx.workspaceId);
  const campaign = await makeLaunchedCampaign(db.owner, ctx.workspaceId, seed);
  await freezeRun(ctx, campaign);
  return campaign;
}

function start(options: Parameters<typeof spawnWorker>[0] = {}): WorkerProcess {
  const worker = spawnWorker(options);
  workers.add(worker);
  return worker;
}

/** Resolves when nothing of the campaign is pending, held, sending or retrying. */
const drained = (campaign: LaunchedCampaign) =>
  vi.waitFor(
    async () => {
      const { pending, held, sending, retrying } = await runFigures(ctx, campaign);
      expect({ pending, held, sending, retrying }).toEqual({ pending: 0, held: 0, sending: 0, retrying: 0 });
    },
    { timeout: 60_000, interval: 50 },
  );

/** Message counts at which the worker is killed: seeded, so that a failure can be seen again. */
function momentsOf(seed: number, kills: number, size: number): number[] {
  const moments: number[] = [];
  for (let state = seed, kill = 0; kill < kills; kill++) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    moments.push(Math.floor(((kill + state / 2_147_483_648) * size) / (kills + 1)) + 1);
  }
  return moments;
}

/** Kills a worker each time that the mail server has taken so many messages, and starts the next. */
async function killAt(moments: number[], options: Parameters<typeof spawnWorker>[0] = {}): Promise<void> {
  for (const moment of moments) {
    const worker = start(options);
    await sink.until(moment);
    worker.signal("SIGKILL");
    await worker.gone;
    workers.delete(worker);
  }
}

describe("kill -9 of the worker", () => {
  test("loses nobody and sends nobody twice: what cannot be known is unknown, a few for each kill", async () => {
    const campaign = await launch(800);
    const moments = momentsOf(7, 3, 800);
    await killAt(moments);
    start();
    await drained(campaign);
    const unknown = await expectExactlyOnce(db.owner, campaign.runNumber, sink.taken);
    // At most one message for each of the ten connections and kill (RFC 1047).
    expect(unknown).toBeLessThanOrEqual(10 * moments.length);
    await expectFigures(db.owner, ctx, campaign);
  });

  test("is caught by the same check when a sender checkpoints at the fetch", async () => {
    const campaign = await launch(500);
    await killAt(momentsOf(7, 1, 300), { way: "checkpoint-at-fetch" });
    start({ way: "checkpoint-at-fetch" });
    await drained(campaign);
    await expect(expectExactlyOnce(db.owner, campaign.runNumber, sink.taken)).rejects.toThrow();
    const { unsent } = await recountPromise(db.owner, campaign.runNumber, sink.taken);
    expect(unsent).toBeGreaterThan(0);
  });
});

describe("a worker that is stopped beyond its lease", () => {
  test("sends nothing more when it goes on, and tells what it knew", async () => {
    const campaign = await launch(400);
    const first = start({ leaseMs: 1_500 });
    await sink.until(120);
    first.signal("SIGSTOP");
    const second = start({ leaseMs: 1_500 });
    await drained(campaign);
    const before = new Map(sink.taken);
    first.signal("SIGCONT");
    first.signal("SIGTERM");
    await first.gone;
    const begun = [...sink.taken].filter(([id]) => !before.has(id)).length;
    expect(begun).toBeLessThanOrEqual(10); // their bodies were on the wire when it stopped
    await expectExactlyOnce(db.owner, campaign.runNumber, sink.taken);
    await expectFigures(db.owner, ctx, campaign);
    second.signal("SIGTERM");
    await second.gone;
  });
});

test("a worker that is asked to end gives its batches back, and the next one goes on", async () => {
  const campaign = await launch(400);
  const first = start();
  await sink.until(150);
  first.signal("SIGTERM");
  await first.gone;
  const leases = await db.owner`select lease_owner from execution_batches
    where run_number = ${campaign.runNumber} and lease_owner is not null`;
  expect(leases).toEqual([]);
  const figures = await expectFigures(db.owner, ctx, campaign);
  expect(figures.unknown).toBeUndefined();
  start();
  await drained(campaign);
  expect(await expectExactlyOnce(db.owner, campaign.runNumber, sink.taken)).toBe(0);
});
