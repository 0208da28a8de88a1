import { evaluate, keyText, waitIndex } from "./cel";
import { parseDuration, parseWhen } from "./duration";
import { concurrencyLimits } from "./function-config";
import { ulid } from "./ids";
import type { EngineFunction } from "./registry";
import type { EngineEvent, Unit } from "./unit";

export type NewRun = {
  fn: EngineFunction;
  events: [EngineEvent, ...EngineEvent[]];
  singletonKey?: string;
  parent?: { runId: string; stepId: string };
  /** Milliseconds that the start is put off (jitter of a schedule). */
  delayMs?: number;
};

const forever = Number.MAX_SAFE_INTEGER;

/** The value of a key expression for an event as text; the same for all events when there is no expression. */
export function keyOf(expression: string | undefined, event: EngineEvent): string {
  return expression ? keyText(evaluate(expression, { event: event.body })) : "";
}

function priorityOf({ config }: EngineFunction, event: EngineEvent): number {
  const value = config.priority?.run ? evaluate(config.priority.run, { event: event.body }) : 0;
  return typeof value === "number" && Number.isFinite(value)
    ? Math.max(-600, Math.min(600, Math.trunc(value)))
    : 0;
}

function concurrencyKeys(fn: EngineFunction, event: EngineEvent): string[] {
  return concurrencyLimits(fn.config).map(({ key, scope }, index) =>
    scope === "env" || scope === "account"
      ? `${scope}:${key ?? ""}:${keyOf(key, event)}`
      : `fn:${fn.id}:${index}:${keyOf(key, event)}`,
  );
}

/**
 * Short scalar values of the event's data, two levels deep, outer ones first: what the inspector searches by. A run about
 * another run (its failure, its end) is found by that one's values.
 */
function termsOf(event: EngineEvent): string[] {
  const found = new Set<string>();
  const add = (value: unknown): void => {
    if (typeof value !== "string" && typeof value !== "number") return;
    const text = String(value);
    if (text.length > 0 && text.length <= 80 && !text.includes("\0")) found.add(text);
  };
  const valuesIn = (value: unknown): unknown[] =>
    typeof value === "object" && value !== null ? Object.values(value).slice(0, 20) : [];
  const data = event.body.data as { event?: { data?: unknown } } | null | undefined;
  const about = event.internal ? data?.event?.data : undefined;
  for (const top of [about, data].map(valuesIn)) {
    top.forEach(add);
    for (const inner of top) valuesIn(inner).forEach(add);
  }
  return [...found].slice(0, 20);
}

function runRow({ fn, events, singletonKey, parent }: NewRun, now: number) {
  const [event] = events;
  const { throttle } = fn.config;
  return {
    id: ulid(now),
    function_id: fn.id,
    event_id: event.id,
    event_ids: events.length > 1 ? events.map(({ id }) => id) : null,
    event_name: event.body.name,
    created_at: now,
    max_attempts: fn.maxAttempts,
    keys: concurrencyKeys(fn, event),
    throttle_key: throttle ? `throttle:${fn.id}:${keyOf(throttle.key, event)}` : null,
    priority: priorityOf(fn, event),
    singleton_key: singletonKey ?? null,
    parent_run: parent?.runId ?? null,
    parent_step: parent?.stepId ?? null,
    terms: termsOf(event),
  };
}

function cancelRows(fn: EngineFunction, event: unknown, runId: string, now: number) {
  return (fn.config.cancel ?? []).map(({ event: name, if: rule, timeout }) => {
    const { path, value, rest } = waitIndex(rule ?? null, event);
    const expires_at = timeout ? (parseWhen(timeout, now) ?? forever) : forever;
    const found = { event_name: name, path, value, expression: rest, expires_at };
    return { kind: "cancel", run_id: runId, step_id: null, ...found };
  });
}

/** Stores the cancellation rules of a run again that goes on after it had ended. */
export async function rearmCancels(
  unit: Unit,
  fn: EngineFunction,
  runId: string,
  event: unknown,
): Promise<void> {
  const rows = cancelRows(fn, event, runId, unit.now);
  if (rows.length > 0) await insertWaits(unit, rows);
}

/** Stores runs with their first job, their cancellation rules and their start time-out. */
export async function insertRuns(unit: Unit, list: NewRun[]): Promise<string[]> {
  const { tx, now } = unit;
  const made = list.map((run) => ({ run, row: runRow(run, now) }));
  for (let from = 0; from < made.length; from += 500) {
    const part = made.slice(from, from + 500);
    const jobs = part.map(({ run, row }) => {
      const late = run.delayMs
        ? { state: "future", run_at: now + run.delayMs }
        : { state: "ready", run_at: now };
      const { id, function_id, keys, throttle_key, priority } = row;
      return {
        run_id: id,
        function_id,
        ...late,
        rank: now - priority * 1000,
        keys,
        throttle_key,
        starts: true,
      };
    });
    const cancels = part.flatMap(({ run: { fn, events }, row }) =>
      cancelRows(fn, events[0].body, row.id, now),
    );
    const timers = part.flatMap(({ run, row }) => {
      const start = run.fn.config.timeouts?.start;
      return start ? [{ kind: "start", due_at: now + (parseDuration(start) ?? 0), run_id: row.id }] : [];
    });
    await Promise.all([
      tx`insert into engine.run ${tx(part.map(({ row }) => row))}`,
      tx`insert into engine.job ${tx(jobs)}`,
      ...(cancels.length > 0 ? [insertWaits(unit, cancels)] : []),
      ...(timers.length > 0 ? [tx`insert into engine.timer ${tx(timers)}`] : []),
    ]);
  }
  if (made.length > 0) unit.woke = true;
  return made.map(({ row }) => row.id);
}

export type WaitRow =
  | ReturnType<typeof cancelRows>[number]
  | (Omit<ReturnType<typeof cancelRows>[number], "step_id"> & { step_id: string });

/** Stores waits and remembers which paths of an event are looked up. */
export async function insertWaits({ tx }: Unit, rows: WaitRow[]): Promise<void> {
  const paths = new Map(rows.map(({ event_name, path }) => [`${event_name}\n${path}`, { event_name, path }]));
  await Promise.all([
    tx`insert into engine.wait ${tx(rows)}`,
    tx`insert into engine.wait_path ${tx([...paths.values()])} on conflict do nothing`,
  ]);
}
