import { createHash } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import postgres from "postgres";
import { deliver, query, restartableApp, restartableEngine } from "@/server/engine/chaos/processes";
import { throwAwayDatabase } from "@/server/engine/conformance/embedded";

const goId = createHash("sha1").update("go").digest("hex");
const rounds = 3;
const few = 1000;
const waiting = 1_000_000;

const median = (values: number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
const rounded = (value: number): number => Math.round(value * 10) / 10;

/** Sends `count` events and counts, from rows, how many runs a second completed. */
async function throughput(
  databaseUrl: string,
  engineUrl: string,
  name: string,
  count: number,
): Promise<number> {
  const ids = await deliver(
    engineUrl,
    Array.from({ length: count }, (_, n) => ({ name, data: { n } })),
  );
  const list = ids.map((id) => `'${id}'`).join(",");
  const text = `select count(*) filter (where state = 'completed')::int as n, max(ended_at) - min(created_at) as ms
    from engine.run where event_id in (${list})`;
  for (;;) {
    const [row] = await query<{ n: number; ms: string }>(databaseUrl, text);
    if (row?.n === count) return (count * 1000) / Number(row.ms);
    await pause(50);
  }
}

/** Milliseconds from the event's acceptance to the run's end, one at a time on an idle engine. */
async function latencies(sql: postgres.Sql, engineUrl: string, count: number): Promise<number[]> {
  const taken: number[] = [];
  for (let n = 0; n < count; n++) {
    const began = performance.now();
    const [id = ""] = await deliver(engineUrl, [{ name: "bench/one", data: { n } }]);
    for (;;) {
      const [row] = await sql`select 1 from engine.run where event_id = ${id} and ended_at is not null`;
      if (row) break;
    }
    taken.push(performance.now() - began);
  }
  return taken.sort((a, b) => a - b);
}

/** Milliseconds that the engine takes to accept an event that lets one waiting run go on. */
async function resumes(sql: postgres.Sql, engineUrl: string, keys: string[]): Promise<number> {
  const taken: number[] = [];
  for (const key of keys) {
    const began = performance.now();
    await deliver(engineUrl, [{ name: "bench/go", data: { key } }]);
    taken.push(performance.now() - began);
    const [left] =
      await sql`select 1 from engine.wait where event_name = 'bench/go' and path = 'data.key' and value = ${`${JSON.stringify(key)}string`}`;
    if (left) throw new Error(`The run that waits for ${key} was not resumed.`);
  }
  return median(taken);
}

/** Runs `from` to `to` that wait for `bench/go` with a key of their own, as the engine stores them. */
async function plantWaiting(sql: postgres.Sql, from: number, to: number): Promise<void> {
  const part = 100_000;
  for (let at = from; at < to; at += part) {
    const numbers = sql`generate_series(${at}::int, ${Math.min(at + part, to) - 1}::int) as n`;
    await sql`insert into engine.run (id, function_id, state, event_id, event_name, created_at, started_at, max_attempts, step_count, terms)
      select 'w' || n, 'chaos-wait', 'running', 'e' || n, 'bench/wait', engine.now_ms(), engine.now_ms(), 5, 1, array['k' || n] from ${numbers}`;
    await sql`insert into engine.event (id, name, body, received_at)
      select 'e' || n, 'bench/wait', '{"data":{"key":"k' || n || '"},"id":"e' || n || '","name":"bench/wait","ts":1}', engine.now_ms() from ${numbers}`;
    await sql`insert into engine.step (run_id, id, name, op, state, queued_at)
      select 'w' || n, ${goId}::text, 'go', 'WaitForEvent', 'pending', engine.now_ms() from ${numbers}`;
    await sql`insert into engine.wait (kind, run_id, step_id, event_name, path, value, expires_at)
      select 'wait', 'w' || n, ${goId}::text, 'bench/go', 'data.key', '"k' || n || '"string', engine.now_ms() + 2592000000 from ${numbers}`;
    await sql`insert into engine.timer (kind, due_at, run_id, step_id)
      select 'wait', engine.now_ms() + 2592000000, 'w' || n, ${goId}::text from ${numbers}`;
  }
  await sql`insert into engine.wait_path values ('bench/go', 'data.key') on conflict do nothing`;
  await sql`analyze engine.run, engine.wait, engine.step, engine.timer, engine.event`;
}

/**
 * The embedded engine over loopback HTTP with checkpointing, production processes, fsync on: the median of three rounds,
 * counted from rows. `…TwoEngines` has a second engine process; the app, whose SDK takes most of the time, stays one.
 */
export async function bench(): Promise<Record<string, number>> {
  const database = await throwAwayDatabase();
  const sql = postgres(database.url, { max: 1, onnotice: () => undefined });
  const engine = await restartableEngine(database.url);
  const app = await restartableApp(database.dir, engine.url);
  const three = async (name: string, count: number): Promise<number> => {
    const rates: number[] = [];
    for (let round = 0; round < rounds; round++)
      rates.push(await throughput(database.url, engine.url, name, count));
    return median(rates);
  };
  await throughput(database.url, engine.url, "bench/one", 100);
  const runsPerSecond = await three("bench/one", 300);
  const stepsPerSecond = (await three("bench/ten", 100)) * 10;
  const times = await latencies(sql, engine.url, 100);
  const second = await restartableEngine(database.url);
  const runsPerSecondTwoEngines = await three("bench/one", 300);
  await second.stop();
  const keys = (from: number, step: number) => Array.from({ length: 60 }, (_, n) => `k${from + n * step}`);
  await plantWaiting(sql, 0, few);
  await resumes(sql, engine.url, keys(1, 7));
  const eventAtThousandWaitsMs = await resumes(sql, engine.url, keys(2, 7));
  await plantWaiting(sql, few, waiting);
  await resumes(sql, engine.url, keys(few, 9970));
  const eventAtMillionWaitsMs = await resumes(sql, engine.url, keys(few + 1, 9970));
  const atMillion = await latencies(sql, engine.url, 100);
  await app.stop();
  await engine.stop();
  await sql.end();
  await database.stop();
  return {
    runsPerSecond: rounded(runsPerSecond),
    stepsPerSecond: rounded(stepsPerSecond),
    eventToCompletedP50Ms: rounded(times[50] ?? 0),
    eventToCompletedP95Ms: rounded(times[95] ?? 0),
    runsPerSecondTwoEngines: rounded(runsPerSecondTwoEngines),
    waitingRuns: waiting,
    eventAtThousandWaitsMs: rounded(eventAtThousandWaitsMs),
    eventAtMillionWaitsMs: rounded(eventAtMillionWaitsMs),
    eventToCompletedP50MsAtMillionWaits: rounded(atMillion[50] ?? 0),
  };
}
