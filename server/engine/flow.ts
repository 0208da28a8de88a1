import { holds } from "./cel";
import { parseDuration } from "./duration";
import { endRun } from "./endings";
import type { EngineFunction } from "./registry";
import { insertRuns, keyOf, type NewRun } from "./runs";
import type { EngineEvent, Unit } from "./unit";

const day = 86_400_000;

/** True the first time that `key` is seen inside its window. */
async function firstTime(
  { tx, now }: Unit,
  key: string,
  eventId: string,
  windowMs: number,
): Promise<boolean> {
  const rows = await tx`
    insert into engine.seen as s (key, event_id, expires_at) values (${key}, ${eventId}, ${now + windowMs})
    on conflict (key) do update set event_id = excluded.event_id, expires_at = excluded.expires_at
      where s.expires_at <= ${now}
    returning key`;
  return rows.length > 0;
}

/** GCRA with a burst of a tenth of the limit, as Inngest's rate limit; an event over the limit starts nothing. */
async function underRate({ tx, now }: Unit, fn: EngineFunction, event: EngineEvent): Promise<boolean> {
  const { rateLimit } = fn.config;
  if (!rateLimit) return true;
  const every = (parseDuration(rateLimit.period) ?? 0) / rateLimit.limit;
  const tolerance = every * (Math.floor(rateLimit.limit / 10) + 1);
  const key = `rate:${fn.id}:${keyOf(rateLimit.key, event)}`;
  await tx`insert into engine.rate (key) values (${key}) on conflict do nothing`;
  const [row] = await tx<{ tat: number }[]>`select tat from engine.rate where key = ${key} for update`;
  const tat = Math.min(Math.max(row?.tat ?? 0, now), now + tolerance);
  if (tat + every - tolerance > now) return false;
  await tx`update engine.rate set tat = ${tat + every} where key = ${key}`;
  return true;
}

async function debounce({ tx, now }: Unit, fn: EngineFunction, event: EngineEvent): Promise<void> {
  const { period = "", key: expression, timeout } = fn.config.debounce ?? {};
  const key = keyOf(expression, event);
  const [row] = await tx<{ first_at: number }[]>`
    insert into engine.debounce as d (function_id, key, event_id, first_at) values (${fn.id}, ${key}, ${event.id}, ${now})
    on conflict (function_id, key) do update set event_id = excluded.event_id, first_at = least(d.first_at, excluded.first_at)
    returning first_at`;
  const latest = timeout ? (row?.first_at ?? now) + (parseDuration(timeout) ?? 0) : Number.MAX_SAFE_INTEGER;
  const due = Math.min(now + (parseDuration(period) ?? 0), latest);
  await tx`
    insert into engine.timer (kind, ref, due_at) values ('debounce', ${JSON.stringify(["debounce", fn.id, key])}, ${due})
    on conflict (ref) do update set due_at = excluded.due_at`;
}

async function batch(unit: Unit, fn: EngineFunction, event: EngineEvent): Promise<void> {
  const { tx, now } = unit;
  const { maxSize = 2, timeout = "", key: expression } = fn.config.batchEvents ?? {};
  const key = keyOf(expression, event);
  const ref = JSON.stringify(["batch", fn.id, key]);
  const [row] = await tx<{ event_ids: string[] }[]>`
    insert into engine.batch as b (function_id, key, event_ids) values (${fn.id}, ${key}, array[${event.id}])
    on conflict (function_id, key) do update set event_ids = b.event_ids || excluded.event_ids
    returning event_ids`;
  const ids = row?.event_ids ?? [event.id];
  if (ids.length >= maxSize) return closeBatch(unit, fn, key);
  await tx`
    insert into engine.timer (kind, ref, due_at) values ('batch', ${ref}, ${now + (parseDuration(timeout) ?? 0)})
    on conflict (ref) do nothing`;
}

async function loadEvents({ tx }: Unit, ids: string[]): Promise<EngineEvent[]> {
  const rows = await tx<
    { id: string; body: string }[]
  >`select id, body from engine.event where id = any(${ids})`;
  const byId = new Map(
    rows.map(({ id, body }) => [id, { id, body: JSON.parse(body), text: body, internal: false }]),
  );
  return ids.flatMap((id) => byId.get(id) ?? []);
}

/** Starts the run of a batch that is full or due. */
export async function closeBatch(unit: Unit, fn: EngineFunction, key: string): Promise<void> {
  const { tx } = unit;
  const [row] = await tx<{ event_ids: string[] }[]>`
    delete from engine.batch where function_id = ${fn.id} and key = ${key} returning event_ids`;
  await tx`delete from engine.timer where ref = ${JSON.stringify(["batch", fn.id, key])}`;
  const [first, ...rest] = await loadEvents(unit, row?.event_ids ?? []);
  if (first) await insertRuns(unit, [{ fn, events: [first, ...rest] }]);
}

/** Starts the run of a debounce that is due, with its last event. */
export async function closeDebounce(unit: Unit, fn: EngineFunction, key: string): Promise<void> {
  const [row] = await unit.tx<{ event_id: string }[]>`
    delete from engine.debounce where function_id = ${fn.id} and key = ${key} returning event_id`;
  const [event] = await loadEvents(unit, row ? [row.event_id] : []);
  if (event) await start(unit, { fn, events: [event] });
}

/** Starts a run, or not: a singleton function has one run at a time for a key. */
async function start(unit: Unit, run: NewRun): Promise<void> {
  const { tx } = unit;
  const { fn, events } = run;
  const { singleton } = fn.config;
  if (!singleton) return void (await insertRuns(unit, [run]));
  const singletonKey = `${fn.id}:${keyOf(singleton.key, events[0])}`;
  await tx`select pg_advisory_xact_lock(7290, hashtext(${singletonKey}))`;
  const live = await tx<{ id: string }[]>`
    select id from engine.run where singleton_key = ${singletonKey} and ended_at is null`;
  if (live.length > 0 && singleton.mode === "skip") return;
  for (const { id } of live)
    await endRun(unit, id, { state: "cancelled", reason: "A newer run took its place." });
  await insertRuns(unit, [{ ...run, singletonKey }]);
}

/** True when a function has no rule that looks at other events: its runs can be stored in bulk. */
export function isPlain({ config }: EngineFunction): boolean {
  return !(
    config.idempotency ||
    config.rateLimit ||
    config.debounce ||
    config.batchEvents ||
    config.singleton
  );
}

/** What an event that matched a trigger becomes: a run, a place in a batch or debounce, or nothing. */
export async function admit(unit: Unit, fn: EngineFunction, event: EngineEvent): Promise<void> {
  const { config } = fn;
  if (config.idempotency) {
    const key = `fn:${fn.id}:${keyOf(config.idempotency, event)}`;
    if (!(await firstTime(unit, key, event.id, day))) return;
  }
  if (!(await underRate(unit, fn, event))) return;
  if (config.debounce) return debounce(unit, fn, event);
  if (config.batchEvents && holds(config.batchEvents.if, { event: event.body }))
    return batch(unit, fn, event);
  await start(unit, { fn, events: [event] });
}
