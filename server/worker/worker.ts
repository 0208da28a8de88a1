import http from "node:http";
import { serve } from "inngest/node";
import { closeDatabase, hotSql, listenToNotices } from "@/db/client";
import { TO_SEAL } from "@/server/automations";
import {
  assignEverywhere,
  leaveDesks,
  letGoEverywhere,
  remindEverywhere,
  tellOfClock,
} from "@/server/callbacks";
import { hearReceipts, sweepCalls } from "@/server/calls";
import { closeAdapters } from "@/server/channels";
import { removeOldJournals } from "@/server/deliveries/journal";
import { LEASE_MS } from "@/server/deliveries/lease";
import { purgeReservations } from "@/server/deliveries/purge-reservations";
import { TOUCHED_CHANNEL } from "@/server/events";
import { inngest } from "@/server/jobs/client";
import { functions } from "@/server/jobs/functions";
import { analyzeOutgrown, beat } from "@/server/operations";
import { flushTopics } from "@/server/platform/bump-soon";
import { Door } from "@/server/platform/door";
import { loggerFor } from "@/server/platform/logger";
import { METRICS_TYPE, renderMetrics } from "@/server/platform/metrics";
import { observeHttp } from "@/server/platform/observe-http";
import { seedWorkspacesWithoutSegments } from "@/server/segments";
import { sweepClocks } from "@/server/sla";
import { closeTelephonyAdapters } from "@/server/telephony";
import { seedOutdatedWorkspaces } from "@/server/template-library";
import { evaluators } from "./evaluators";
import { type LaneOptions, Lanes } from "./lanes";
import { Loop } from "./loop";
import { Mails } from "./mails";
import { Receipts } from "./receipts";
import { Registration, WORKERS_CHANNEL } from "./registration";
import { Relay } from "./relay";
import { playScripts } from "./scripted";
import { Touched } from "./touched";

const log = loggerFor("worker");
const HEARTBEAT_MS = 5_000;
/** Clocks are looked at more often than once a minute, which `sla.md` asks for; claims that ended come back at once. */
const CLOCKS_MS = 5_000;
const CLAIMS_MS = 1_000;
const REMINDERS_MS = 10_000;
/** What is told of a call is on the agent's screen within a second; what nobody told is asked for. */
const CALLS_MS = 300;
const LOST_CALLS_MS = 15_000;
const RESERVATIONS_MS = 60 * 60_000;
/** The functions that the engine had called are finished when this worker stops, if they take no longer (ms). */
const CALLS_GRACE_MS = 6_000;
/** The hand-over has this start before everything else ends (ms). */
const HAND_OVER_MS = 1_500;
/** A month of the ledger that fills from nothing is searched badly no longer than this. */
const STATISTICS_MS = 2_000;
/** How late a scripted customer may be. */
const SCRIPTS_MS = 700;

export type WorkerOptions = Partial<LaneOptions> & {
  port: number;
  /** False where there is no workflow engine: messages are sent, and events wait in the outbox. */
  engine?: boolean;
};

export type Worker = { port: number; stop: () => Promise<void> };

/**
 * Starts the worker: serves the workflow functions over HTTP and registers them, relays the outbox, sends, and beats. `stop`
 * hands the functions to another worker, finishes messages and calls under way and gives the leases back.
 */
export async function startWorker(options: WorkerOptions): Promise<Worker> {
  const lanes = new Lanes({ lanes: 4, microBatch: 100, leaseMs: LEASE_MS, ...options });
  const relay = new Relay();
  const touched = new Touched(evaluators);
  const receipts = new Receipts();
  const clocks = new Loop("clocks", CLOCKS_MS, async () => (await sweepClocks(tellOfClock)) > 0);
  const claims = new Loop("claims", CLAIMS_MS, async () => (await letGoEverywhere()) > 0);
  let assigned: string | null = null;
  const assignment = new Loop("assignment", CLAIMS_MS, async () => {
    const { given, after } = await assignEverywhere(assigned);
    assigned = after;
    return given > 0;
  });
  const desks = new Loop("desks", REMINDERS_MS, async () => (await leaveDesks()) > 0);
  const reminders = new Loop("reminders", REMINDERS_MS, async () => (await remindEverywhere()) > 0);
  const calls = new Loop("calls", CALLS_MS, () => hearReceipts("reports"));
  const missedCalls = new Loop("missed calls", CALLS_MS, () => hearReceipts("missed_calls"));
  const lostCalls = new Loop("lost calls", LOST_CALLS_MS, sweepCalls);
  const reservations = new Loop("reservations", RESERVATIONS_MS, async () => (await purgeReservations()) > 0);
  const statistics = new Loop("statistics", STATISTICS_MS, async () => {
    await analyzeOutgrown();
    return false; // what is locked now is not asked for again at once
  });
  const mails = new Mails();
  const scripts = new Loop("scripts", SCRIPTS_MS, playScripts);
  const heart = new Loop("heartbeat", HEARTBEAT_MS, async () => {
    await beat("worker");
    if (options.engine !== false) await registration.beat();
    // A relay that cannot hand over is silent, however well this process lives.
    if (options.engine !== false && relay.healthy) await beat("relay");
    return false;
  });
  observeHttp("worker");
  const handle = serve({ client: inngest, functions, servePath: "/api/inngest" });
  const server = http.createServer((request, response) => {
    const path = new URL(request.url ?? "/", "http://worker").pathname;
    if (path === "/api/inngest") void handle(request, response);
    else if (path === "/health") answerHealth(response);
    else if (path === "/metrics")
      response.writeHead(200, { "content-type": METRICS_TYPE }).end(renderMetrics([]));
    else response.writeHead(404).end();
  });
  const door = new Door(server);
  const port = await listen(server, options.port);
  const registration = new Registration(`http://127.0.0.1:${port}/api/inngest`);

  function answerHealth(response: http.ServerResponse): void {
    const state = {
      status: "ok",
      sending: lanes.sending,
      relay: relay.healthy,
      registered: registration.done,
    };
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(state));
  }

  await forgetOldJournals();
  await seedWorkspacesWithoutSegments();
  await seedOutdatedWorkspaces();
  // A missed notice costs nothing: the lanes look by themselves several times a second.
  const unlisten = await listenToNotices({
    ringback_batches: (what) => lanes.wake(what === TO_SEAL),
    [TOUCHED_CHANNEL]: () => touched.wake(),
    [WORKERS_CHANNEL]: () => registration.lookAgain(),
  }).catch(() => null);
  const engine = options.engine === false ? [] : [relay];
  const loops = [
    clocks,
    claims,
    assignment,
    calls,
    missedCalls,
    lostCalls,
    desks,
    reminders,
    reservations,
    scripts,
    statistics,
  ];
  const parts = [lanes, receipts, touched, mails, ...loops, ...engine];
  for (const part of [heart, ...parts]) part.start();
  if (options.engine !== false) registration.start();
  log.info({ port }, "worker started");

  return {
    port,
    stop: async () => {
      door.drain();
      await heart.stop();
      // First of all: what the engine has to do from now on goes to the worker that stays, if one does. An engine that does not
      // answer must not keep the lanes from giving back what they have.
      const left = options.engine === false ? Promise.resolve() : registration.stop();
      await atMost(HAND_OVER_MS, left);
      await Promise.all([left, door.close(CALLS_GRACE_MS), ...parts.map((part) => part.stop())]);
      await unlisten?.();
      await flushTopics();
      await Promise.all([closeAdapters(), closeTelephonyAdapters()]);
      await closeDatabase();
      log.info("worker stopped");
    },
  };
}

async function forgetOldJournals(): Promise<void> {
  const owners = await hotSql()<{ owner: string }[]>`select owner from lease_owners() as o(owner)`;
  removeOldJournals(owners.map(({ owner }) => owner));
}

function listen(server: http.Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      const address = server.address();
      resolve(address && typeof address === "object" ? address.port : port);
    });
  });
}

/** Waits for the end of something, but no longer than so long (ms). */
function atMost(ms: number, work: Promise<unknown>): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    const end = () => {
      clearTimeout(timer);
      resolve();
    };
    work.then(end, end);
  });
}
