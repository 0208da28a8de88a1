import { z } from "zod";
import { canonical } from "./canonical";
import { holds, waitValue } from "./cel";
import { type Core, transaction } from "./core";
import { endRun, type Memo, releaseFreed, resolveSteps } from "./endings";
import { admit, isPlain } from "./flow";
import { seededUlid, ulid } from "./ids";
import { currentFunctions } from "./registry";
import { insertRuns, type NewRun } from "./runs";
import { type EngineEvent, isTriggeredBy, type Unit } from "./unit";

/** An event as it is sent. */
export const incomingEvent = z.looseObject({
  name: z
    .string()
    .min(1)
    .max(256)
    .regex(/^[^\0]*$/),
  data: z.record(z.string(), z.unknown()).nullish(),
  id: z
    .string()
    .max(512)
    .regex(/^[^\0]*$/)
    .nullish(),
  ts: z.number().nullish(),
});
export type IncomingEvent = z.infer<typeof incomingEvent>;

const day = 86_400_000;

/** Runs `work` in one transaction and lets the internal events that it emits act in the same one. */
export async function inUnit<T>(core: Core, work: (unit: Unit) => Promise<T>): Promise<T> {
  const { result, woke } = await transaction(core.sql, async (tx) => {
    const { now, functions } = await currentFunctions(core, tx);
    const unit: Unit = { core, tx, now, functions, emitted: [], freed: new Set(), woke: false };
    const result = await work(unit);
    while (unit.emitted.length > 0) await act(unit, unit.emitted.splice(0));
    await releaseFreed(unit);
    return { result, woke: unit.woke };
  });
  if (woke) core.wake();
  return result;
}

function toEvent(event: IncomingEvent, id: string, now: number): EngineEvent {
  const { ctx: _ctx, sessions: _sessions, ...rest } = event;
  const body = { ...rest, id: event.id || id, name: event.name, data: event.data ?? {}, ts: event.ts || now };
  return { id, body, text: canonical(body), internal: false };
}

/**
 * Accepts events in one transaction: they are stored, their runs exist and the runs that waited for them go on before
 * this returns. An event id that was seen in the last 24 hours does nothing and answers the first one's id.
 * @returns the engine's ids in the order of the events
 */
export async function acceptEvents(core: Core, incoming: IncomingEvent[], seed?: string): Promise<string[]> {
  return inUnit(core, async (unit) => {
    const { tx, now } = unit;
    const events = incoming.map((event, index) => toEvent(event, seededUlid(seed, index) ?? ulid(now), now));
    const firsts = new Map<string, string>();
    incoming.forEach((event, index) => {
      if (event.id && !firsts.has(event.id)) firsts.set(event.id, events[index]?.id ?? "");
    });
    const keys = [...firsts.keys()].sort();
    if (keys.length > 0) {
      const rows = await tx<{ key: string; event_id: string }[]>`
        insert into engine.seen as s (key, event_id, expires_at)
        select 'event:' || k, e, ${now + day}
        from unnest(${keys}::text[], ${keys.map((key) => firsts.get(key) ?? "")}::text[]) as u (k, e)
        on conflict (key) do update set
          event_id = case when s.expires_at > ${now} then s.event_id else excluded.event_id end,
          expires_at = case when s.expires_at > ${now} then s.expires_at else excluded.expires_at end
        returning key, event_id`;
      for (const { key, event_id } of rows) firsts.set(key.slice("event:".length), event_id);
    }
    const ids = events.map((event, index) => firsts.get(incoming[index]?.id ?? "") ?? event.id);
    const fresh = events.filter((event, index) => ids[index] === event.id);
    const stored = await insertEvents(unit, fresh);
    await act(
      unit,
      fresh.filter(({ id }) => stored.has(id)),
    );
    return ids;
  });
}

async function insertEvents({ tx, now }: Unit, events: EngineEvent[]): Promise<Set<string>> {
  if (events.length === 0) return new Set();
  const rows = await tx<{ id: string }[]>`
    insert into engine.event (id, name, body, received_at)
    select id, name, body, ${now} from unnest(
      ${events.map(({ id }) => id)}::text[], ${events.map(({ body }) => body.name)}::text[],
      ${events.map(({ text }) => text)}::text[]
    ) as u (id, name, body)
    on conflict (id) do nothing returning id`;
  return new Set(rows.map(({ id }) => id));
}

/** Triggers functions and resumes or cancels runs for events. Internal events are stored only when they start a run. */
async function act(unit: Unit, events: EngineEvent[]): Promise<void> {
  const plain: NewRun[] = [];
  const flow: (() => Promise<void>)[] = [];
  const kept = new Map<string, EngineEvent>();
  for (const event of events) {
    for (const fn of unit.functions) {
      const triggered = fn.config.triggers.some(
        (trigger) =>
          "event" in trigger &&
          isTriggeredBy(trigger.event, event.body.name) &&
          holds(trigger.expression, { event: event.body }),
      );
      if (!triggered) continue;
      if (event.internal) kept.set(event.id, event);
      if (isPlain(fn)) plain.push({ fn, events: [event] });
      else flow.push(() => admit(unit, fn, event));
    }
  }
  await insertEvents(unit, [...kept.values()]);
  await insertRuns(unit, plain);
  for (const step of flow) await step();
  await resume(unit, events);
}

type Match = {
  i: number;
  id: number;
  kind: string;
  run_id: string;
  step_id: string | null;
  expression: string | null;
};

/** Gives events to the runs that wait for them or end on them. Waits are found by index, never by reading all. */
async function resume(unit: Unit, events: EngineEvent[]): Promise<void> {
  const { tx, now } = unit;
  const names = [...new Set(events.map(({ body }) => body.name))];
  if (names.length === 0) return;
  const paths = await tx<{ event_name: string; path: string }[]>`
    select event_name, path from engine.wait_path where event_name = any(${names})`;
  if (paths.length === 0) return;
  const lookups = events.flatMap(({ body }, i) =>
    paths
      .filter(({ event_name }) => event_name === body.name)
      .map(({ path }) => ({ i, name: body.name, path, value: path ? waitValue(body, path) : "" })),
  );
  const found = await tx<Match[]>`
    select q.i, w.id, w.kind, w.run_id, w.step_id, w.expression
    from unnest(
      ${lookups.map(({ i }) => i)}::int[], ${lookups.map(({ name }) => name)}::text[],
      ${lookups.map(({ path }) => path)}::text[], ${lookups.map(({ value }) => value)}::text[]
    ) as q (i, name, path, value)
    join engine.wait w on w.event_name = q.name and w.path = q.path and w.value = q.value
    where w.expires_at > ${now} order by w.run_id, q.i`;
  const matches = await keepTrue(unit, events, found);
  if (matches.length === 0) return;
  const runIds = [...new Set(matches.map(({ run_id }) => run_id))];
  await tx`select id from engine.run where id = any(${runIds}) order by id for update`;
  const live = await tx<
    { id: number }[]
  >`select id from engine.wait where id = any(${matches.map(({ id }) => id)})`;
  const alive = new Set(live.map(({ id }) => id));
  const memos = new Map<string, Memo>();
  for (const { i, id, kind, run_id, step_id } of matches) {
    const event = events[i];
    if (!event || !alive.has(id)) continue;
    if (kind === "cancel")
      await endRun(unit, run_id, { state: "cancelled", reason: `The event ${event.body.name} arrived.` });
    const key = `${run_id} ${step_id}`;
    if (step_id && !memos.has(key))
      memos.set(key, { runId: run_id, stepId: step_id, memo: "bare", output: event.text });
  }
  await resolveSteps(unit, [...memos.values()]);
}

/** Evaluates what is left of an expression after its index matched, with the event that started the run. */
async function keepTrue({ tx }: Unit, events: EngineEvent[], found: Match[]): Promise<Match[]> {
  const ruled = found.filter(({ expression }) => expression !== null);
  if (ruled.length === 0) return found;
  const rows = await tx<{ id: string; body: string }[]>`
    select r.id, e.body from engine.run r join engine.event e on e.id = r.event_id
    where r.id = any(${ruled.map(({ run_id }) => run_id)})`;
  const own = new Map(rows.map(({ id, body }) => [id, JSON.parse(body) as unknown]));
  return found.filter(({ i, run_id, expression }) =>
    holds(expression, { event: own.get(run_id), async: events[i]?.body }),
  );
}
