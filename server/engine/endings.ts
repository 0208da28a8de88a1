import { canonical } from "./canonical";
import { ulid } from "./ids";
import { type EngineEvent, isTriggeredBy, type Unit } from "./unit";

/** The result of one step as it is replayed to the SDK: {"data":…}, {"error":…} or the bare value. */
export type Memo = { runId: string; stepId: string; memo: "data" | "error" | "bare"; output: string };

export type RunError = { name: string; message: string; stack?: string };

/** Puts a job for the next call of each run, unless one waits already; one that is out is repeated after its answer. */
export async function discover(unit: Unit, runIds: string[]): Promise<void> {
  if (runIds.length === 0) return;
  await unit.tx`
    insert into engine.job (run_id, function_id, rank, run_at, keys)
    select id, function_id, ${unit.now}::bigint - priority * 1000, ${unit.now}, keys
    from engine.run where id = any(${runIds}) and ended_at is null
    on conflict (run_id) where step_id is null do update set again = true where engine.job.state = 'leased'`;
  unit.woke = true;
}

/**
 * Memoises pending steps and lets their runs go on: once all parallel siblings are done, or at once in a race.
 * Steps that are no longer pending are left alone, so a second event or a late time-out changes nothing.
 */
export async function resolveSteps(unit: Unit, memos: Memo[]): Promise<void> {
  if (memos.length === 0) return;
  const { tx, now } = unit;
  const runIds = [...new Set(memos.map(({ runId }) => runId))].sort();
  const column = (key: keyof Memo) => memos.map((memo) => memo[key]);
  await tx`select id from engine.run where id = any(${runIds}) order by id for update`;
  const done = await tx<{ run_id: string; race: boolean }[]>`
    update engine.step s set state = case when m.memo = 'error' then 'failed' else 'done' end,
      memo = m.memo, output = m.output, ended_at = ${now}, seq = nextval('engine.step_order')
    from unnest(${column("runId")}::text[], ${column("stepId")}::text[], ${column("memo")}::text[], ${column("output")}::text[])
      as m (run_id, id, memo, output)
    where s.run_id = m.run_id and s.id = m.id and s.state = 'pending'
    returning s.run_id, s.race`;
  if (done.length === 0) return;
  await Promise.all([
    tx`delete from engine.timer t using unnest(${column("runId")}::text[], ${column("stepId")}::text[]) as m (run_id, id)
      where t.run_id = m.run_id and t.step_id = m.id`,
    tx`delete from engine.wait w using unnest(${column("runId")}::text[], ${column("stepId")}::text[]) as m (run_id, id)
      where w.run_id = m.run_id and w.step_id = m.id`,
    tx`update engine.run r set state_bytes = state_bytes + m.bytes from (
        select run_id, sum(length(output)) as bytes
        from unnest(${column("runId")}::text[], ${column("output")}::text[]) as u (run_id, output) group by run_id
      ) m where r.id = m.run_id`,
  ]);
  await discover(unit, await readyRuns(unit, done));
}

/** Of the runs whose steps just finished, those that can go on. */
export async function readyRuns({ tx }: Unit, done: { run_id: string; race: boolean }[]): Promise<string[]> {
  const raced = new Set(done.filter(({ race }) => race).map(({ run_id }) => run_id));
  const rest = [...new Set(done.map(({ run_id }) => run_id))].filter((id) => !raced.has(id));
  const waiting = await tx<{ run_id: string }[]>`
    select distinct run_id from engine.step where run_id = any(${rest}) and state = 'pending' and not race`;
  const held = new Set(waiting.map(({ run_id }) => run_id));
  return [...raced, ...rest.filter((id) => !held.has(id))];
}

/** Frees the concurrency keys of jobs that went, at the end of the transaction. */
export function release(unit: Unit, keys: string[]): void {
  for (const key of keys) unit.freed.add(key);
}

/** Lets jobs go on that waited for the keys that this transaction freed; serialised with claims. */
export async function releaseFreed({ tx, freed }: Unit): Promise<void> {
  if (freed.size === 0) return;
  await tx`select pg_advisory_xact_lock(7288, 0)`;
  await tx`select engine.unpark(key, 1) from unnest(${[...freed].sort()}::text[]) as u (key)`;
}

type Ended = {
  id: string;
  function_id: string;
  event_id: string;
  event_ids: string[] | null;
  parent_run: string | null;
  parent_step: string | null;
};

async function emit(unit: Unit, run: Ended, name: string, data: Record<string, unknown>): Promise<void> {
  const heard = unit.functions.some(({ config }) =>
    config.triggers.some((trigger) => "event" in trigger && isTriggeredBy(trigger.event, name)),
  );
  const [waited] = heard ? [] : await unit.tx`select 1 from engine.wait_path where event_name = ${name}`;
  if (!heard && !waited) return;
  const rows = await unit.tx<{ id: string; body: string }[]>`
    select id, body from engine.event where id = any(${run.event_ids ?? [run.event_id]})`;
  const bodies = (run.event_ids ?? [run.event_id]).map(
    (id) => rows.find((row) => row.id === id)?.body ?? "null",
  );
  const id = ulid(unit.now);
  const events = bodies.map((body) => JSON.parse(body) as unknown);
  const full = { ...data, function_id: run.function_id, run_id: run.id, event: events[0], events };
  const body = { id, name, data: full, ts: unit.now };
  unit.emitted.push({ id, body, text: canonical(body), internal: true } satisfies EngineEvent);
}

export type Ending =
  | { state: "completed"; output: string }
  | { state: "failed"; error: RunError }
  | { state: "cancelled"; reason: string };

/** Ends a run once: its jobs, timers and waits go, a run that invoked it learns the result, its end events go out. */
export async function endRun(unit: Unit, runId: string, ending: Ending): Promise<boolean> {
  const { tx, now } = unit;
  const output = ending.state === "completed" ? ending.output : null;
  const error =
    ending.state === "failed"
      ? ending.error
      : ending.state === "cancelled"
        ? { name: "Cancelled", message: ending.reason }
        : null;
  const [run] = await tx<Ended[]>`
    update engine.run set state = ${ending.state}, ended_at = ${now}, output = ${output}, error = ${error && canonical(error)}
    where id = ${runId} and ended_at is null
    returning id, function_id, event_id, event_ids, parent_run, parent_step`;
  if (!run) return false;
  const [jobs] = await Promise.all([
    tx<{ keys: string[] }[]>`delete from engine.job where run_id = ${runId} returning keys`,
    tx`delete from engine.timer where run_id = ${runId}`,
    tx`delete from engine.wait where run_id = ${runId}`,
  ]);
  release(
    unit,
    jobs.flatMap(({ keys }) => keys),
  );
  if (run.parent_run && run.parent_step) {
    const memo = output === null ? ("error" as const) : ("data" as const);
    const text = output ?? canonical(error);
    await resolveSteps(unit, [{ runId: run.parent_run, stepId: run.parent_step, memo, output: text }]);
  }
  if (ending.state === "failed") await emit(unit, run, "inngest/function.failed", { error });
  if (ending.state === "cancelled") await emit(unit, run, "inngest/function.cancelled", { error });
  const result = output === null ? { error } : { result: JSON.parse(output) as unknown };
  if (ending.state !== "cancelled") await emit(unit, run, "inngest/function.finished", result);
  return true;
}
