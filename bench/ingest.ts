import fs from "node:fs";
import os from "node:os";
import postgres, { type Sql } from "postgres";
import { Pool } from "undici";
import { closeDatabase } from "@/db/client";
import { migrateDatabase } from "@/db/migrate";
import { makeMember } from "@/db/testing/factories";
import { env } from "@/env";
import { startIntakeProcess } from "@/server/api/intake/testing/process";
import { createKey } from "@/server/api-keys";
import { throwAwayDatabase } from "@/server/engine/conformance/embedded";
import { arrangeWorkspace } from "./sending/arrange";

const CUSTOMERS = 100_000;
const EVENTS_EACH = 1_000;
const REQUESTS = 100;
const SINGLE_REQUESTS = 2_000;
const ROUNDS = 3;
const NAMES = ["website_visit", "app_login", "quote_requested"];

/**
 * Event intake over HTTP, durable before the answer: batches of 1,000 from four connections, and single events from fifty, to one
 * intake process as production runs it, in a workspace of 100,000 customers. The median of three rounds, recounted from rows.
 * `eventsPerCpuSecond` holds on a busy machine too: events for each second that intake and database had a core (Linux; else 0).
 */
export async function bench(): Promise<Record<string, number>> {
  const database = await throwAwayDatabase({ max_wal_size: "4GB" });
  await migrateDatabase(database.url);
  Object.assign(env, {
    DATABASE_URL: database.url,
    RINGBACK_DATA_DIR: database.dir,
    RINGBACK_SECRET: "bench",
  });
  const owner = postgres(database.url, { max: 2, onnotice: () => undefined });
  const workspaceId = await arrangeWorkspace(owner, CUSTOMERS);
  // Segments of the log that the filling left are used again from here on, as on a database that has run for a while.
  await owner`checkpoint`;
  const { key } = await createKey(await makeMember(owner, workspaceId), {
    name: "Bench",
    scopes: ["events:write"],
  });
  const intake = await startIntakeProcess({
    NODE_ENV: "production",
    DATABASE_URL: env.DATABASE_URL,
    RINGBACK_SECRET: env.RINGBACK_SECRET,
    API_REQUESTS_PER_MINUTE: "1000000",
  });
  const pool = new Pool(intake.url, { connections: 50 });
  const post = async (body: string): Promise<void> => {
    const answer = await pool.request({
      method: "POST",
      path: "/api/v1/events",
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
      body,
    });
    const text = await answer.body.text();
    if (answer.statusCode !== 202) throw new Error(`${answer.statusCode}: ${text.slice(0, 300)}`);
  };
  const postmaster = Number(
    fs.readFileSync(`${database.dir}/postgres/postmaster.pid`, "utf8").split("\n")[0],
  );
  const spent = () => cpuSeconds([intake.pid, postmaster]);
  let batchedSeconds = 0;
  const batched: number[] = [];
  const single: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const bodies = Array.from({ length: REQUESTS }, (_, nth) => bodyOf(`b${round}-${nth}`, EVENTS_EACH));
    const before = spent();
    batched.push(await rate(owner, bodies, 4, post));
    batchedSeconds += spent() - before;
    const singles = Array.from({ length: SINGLE_REQUESTS }, (_, nth) => bodyOf(`s${round}-${nth}`, 1));
    single.push(await rate(owner, singles, 50, post));
  }
  await pool.close();
  await intake.stop();
  await closeDatabase();
  await owner.end();
  await database.stop();
  return {
    eventsPerSecond: median(batched),
    singleEventsPerSecond: median(single),
    eventsPerCpuSecond:
      batchedSeconds > 0 ? Math.round((ROUNDS * REQUESTS * EVENTS_EACH) / batchedSeconds) : 0,
    events: ROUNDS * (REQUESTS * EVENTS_EACH + SINGLE_REQUESTS),
    loadAverage: Math.round((os.loadavg()[0] ?? 0) * 10) / 10,
  };
}

const median = (values: number[]): number =>
  Math.round([...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0);

let nth = 0;
function bodyOf(prefix: string, count: number): string {
  const events = Array.from({ length: count }, (_, n) => ({
    id: `${prefix}-${n}`,
    name: NAMES[n % NAMES.length],
    customer: { external_id: String(1 + ((nth++ * 7_919) % CUSTOMERS)) },
    properties: { page: "/renew", amount: n },
  }));
  return JSON.stringify({ events });
}

/** Events a second that are in the table when the last answer has come. */
async function rate(
  owner: Sql,
  bodies: string[],
  lanes: number,
  post: (body: string) => Promise<void>,
): Promise<number> {
  const before = await countOf(owner);
  let next = 0;
  const began = performance.now();
  const lane = async () => {
    for (let body = bodies[next++]; body !== undefined; body = bodies[next++]) await post(body);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  const seconds = (performance.now() - began) / 1_000;
  return ((await countOf(owner)) - before) / seconds;
}

async function countOf(owner: Sql): Promise<number> {
  const [row] = await owner<{ n: number }[]>`select count(*)::int as n from customer_events`;
  return row?.n ?? 0;
}

/** Processor time of processes and their children, those that ended included, in seconds. */
function cpuSeconds(parents: number[]): number {
  if (process.platform !== "linux") return 0;
  let ticks = 0;
  for (const pid of fs.readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    const fields = fieldsOf(pid);
    if (!fields) continue;
    const [parent = 0, user = 0, system = 0, endedUser = 0, endedSystem = 0] = [1, 11, 12, 13, 14].map((at) =>
      Number(fields[at]),
    );
    if (parents.includes(Number(pid))) ticks += user + system + endedUser + endedSystem;
    else if (parents.includes(parent)) ticks += user + system;
  }
  return ticks / 100;
}

/** Of /proc/PID/stat, from the state on; null when the process is gone. */
function fieldsOf(pid: string): string[] | null {
  try {
    const stat = fs.readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  } catch {
    return null;
  }
}
