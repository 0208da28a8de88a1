import { z } from "zod";
import { type Op, toRunError } from "./answer";
import type { Call } from "./call";
import { canonical } from "./canonical";
import { checkExpression, ExpressionError, waitIndex } from "./cel";
import { parseWhen } from "./duration";
import { type Memo, type RunError, resolveSteps } from "./endings";
import { ulid } from "./ids";
import { insertRuns, insertWaits } from "./runs";
import type { EngineEvent, Unit } from "./unit";

const waitOpts = z.looseObject({ timeout: z.string(), if: z.string().nullish() });
const invokeOpts = z.looseObject({
  function_id: z.string(),
  payload: z
    .looseObject({ data: z.record(z.string(), z.unknown()).nullish(), v: z.string().nullish() })
    .nullish(),
  timeout: z.string().nullish(),
});

const year = 366 * 86_400_000;
/** The limits of Inngest: more steps or state than this ends the run with a readable error. */
const maxSteps = 1000;
const maxOutput = 4 * 1024 * 1024;
const maxState = 32 * 1024 * 1024;
/** The portable subset: what every plan of Inngest takes. Held to where functions are tested. */
const portable = { steps: 200, output: 64 * 1024 };

/** Ends the run without another try; the message is what the person who wrote the function reads. */
export class RunRefused extends Error {}

export const finishedOps = new Set(["StepRun", "StepFailed", "Step"]);

type NewStep = {
  op: Op;
  state: "pending" | "done" | "failed";
  memo: Memo["memo"] | null;
  output: string | null;
};

function toStep(op: Op): NewStep {
  if (op.op === "StepRun" || op.op === "Step")
    return { op, state: "done", memo: "data", output: canonical(op.data ?? null) };
  if (op.op === "StepFailed") {
    return {
      op,
      state: "failed",
      memo: "error",
      output: canonical(toRunError(op.error, "The step failed.")),
    };
  }
  return { op, state: "pending", memo: null, output: null };
}

/**
 * Stores the steps of an answer or checkpoint once: a step that is known already is left as it is, unless it was
 * planned and now has its result. Returns the operations that are new.
 */
export async function storeSteps(unit: Unit, call: Call, ops: Op[], oneByOne: boolean): Promise<Op[]> {
  if (ops.length === 0) return [];
  const { tx, now } = unit;
  const steps = ops.map(toStep);
  const { testClock: strict } = unit.core.config;
  const limit = strict ? portable.output : maxOutput;
  const large = steps.find(({ output }) => (output?.length ?? 0) > limit);
  if (large) {
    const name = large.op.displayName ?? large.op.name;
    throw new RunRefused(`Step "${name}" returned more than ${strict ? "64 kB" : "4 MiB"}.`);
  }
  const rows = steps.map(({ op, state, memo, output }) => ({
    run_id: call.run_id,
    id: op.id,
    name: op.displayName || op.name || op.id,
    op: op.op,
    state,
    memo,
    output,
    input: op.opts ? canonical(op.opts) : op.op === "Sleep" ? canonical({ until: op.name }) : null,
    race: oneByOne || op.opts?.parallelMode === "race",
    queued_at: now,
    ended_at: state === "pending" ? null : now,
    attempts: call.attempt + 1,
  }));
  const inserted = await tx<{ id: string }[]>`
    insert into engine.step ${tx(rows)} on conflict (run_id, id) do update
      set state = excluded.state, memo = excluded.memo, output = excluded.output, ended_at = excluded.ended_at,
        attempts = excluded.attempts
      where engine.step.state = 'pending' and excluded.state <> 'pending'
    returning id`;
  const fresh = new Set(inserted.map(({ id }) => id));
  const done = steps.filter(({ op, output }) => output !== null && fresh.has(op.id));
  if (done.length > 0) {
    // Numbered before the join: the plan of an update decides in which order its rows come.
    await tx`
      with numbered as materialized (
        select id, nextval('engine.step_order') as seq from (
          select id from unnest(${done.map(({ op }) => op.id)}::text[]) with ordinality as u (id, n) order by n) as came)
      update engine.step s set seq = numbered.seq from numbered
      where s.run_id = ${call.run_id} and s.id = numbered.id`;
  }
  const bytes = done.reduce((sum, { output }) => sum + (output?.length ?? 0), 0);
  const [run] = await tx<{ step_count: number; state_bytes: number }[]>`
    update engine.run set state_bytes = state_bytes + ${bytes},
      step_count = (select count(*) from engine.step where run_id = ${call.run_id})
    where id = ${call.run_id} returning step_count, state_bytes`;
  if ((run?.step_count ?? 0) > (strict ? portable.steps : maxSteps)) {
    throw new RunRefused(`The run has more than ${strict ? "200" : "1,000"} steps.`);
  }
  if ((run?.state_bytes ?? 0) > maxState)
    throw new RunRefused("The results of the run's steps exceed 32 MiB.");
  return ops.filter(({ id }) => fresh.has(id));
}

/** What a function returned, as it is stored. */
export function checkedResult(unit: Unit, value: unknown): string {
  const output = canonical(value ?? null);
  const { testClock: strict } = unit.core.config;
  if (output.length > (strict ? portable.output : maxOutput))
    throw new RunRefused(`The function returned more than ${strict ? "64 kB" : "4 MiB"}.`);
  return output;
}

async function ownEvent({ tx }: Unit, runId: string): Promise<unknown> {
  const [row] = await tx<{ body: string }[]>`
    select e.body from engine.run r join engine.event e on e.id = r.event_id where r.id = ${runId}`;
  return row ? JSON.parse(row.body) : null;
}

async function timer({ tx }: Unit, kind: string, call: Call, stepId: string, due: number): Promise<void> {
  await tx`insert into engine.timer ${tx({ kind, due_at: due, run_id: call.run_id, step_id: stepId })}`;
}

async function wait(unit: Unit, call: Call, op: Op): Promise<void> {
  const opts = waitOpts.parse(op.opts);
  const rule = opts.if ?? null;
  if (rule) checkExpression(rule);
  const due = parseWhen(opts.timeout, unit.now);
  if (due === null || due - unit.now > year)
    throw new RunRefused(`Step "${op.displayName}" has no valid time-out.`);
  const { path, value, rest } = waitIndex(rule, rule ? await ownEvent(unit, call.run_id) : null);
  const row = {
    kind: "wait",
    run_id: call.run_id,
    step_id: op.id,
    event_name: op.name ?? "",
    path,
    value,
    expression: rest,
  };
  await insertWaits(unit, [{ ...row, expires_at: due }]);
  await timer(unit, "wait", call, op.id, due);
}

async function invoke(unit: Unit, call: Call, op: Op): Promise<void> {
  const { function_id, payload, timeout } = invokeOpts.parse(op.opts);
  const fn = unit.functions.find(({ id }) => id === function_id);
  if (!fn) {
    const error: RunError = { name: "Error", message: `There is no function "${function_id}" to invoke.` };
    return resolveSteps(unit, [
      { runId: call.run_id, stepId: op.id, memo: "error", output: canonical(error) },
    ]);
  }
  const id = ulid(unit.now);
  const data = {
    ...payload?.data,
    _inngest: { fn_id: function_id, correlation_id: `${call.run_id}.${op.id}` },
  };
  const body = {
    id,
    name: "inngest/function.invoked",
    data,
    ts: unit.now,
    ...(payload?.v && { v: payload.v }),
  };
  const event: EngineEvent = { id, body, text: canonical(body), internal: true };
  await unit.tx`
    insert into engine.event (id, name, body, received_at) values (${id}, ${body.name}, ${event.text}, ${unit.now})`;
  await insertRuns(unit, [{ fn, events: [event], parent: { runId: call.run_id, stepId: op.id } }]);
  const due = parseWhen(timeout || "366d", unit.now) ?? unit.now + year;
  await timer(unit, "invoke", call, op.id, due);
}

async function plan(unit: Unit, call: Call, ops: Op[]): Promise<void> {
  const rows = ops.map(({ id }) => {
    const { run_id, function_id, keys } = call;
    return { run_id, function_id, step_id: id, rank: unit.now, run_at: unit.now, keys };
  });
  if (rows.length === 0) return;
  await unit.tx`insert into engine.job ${unit.tx(rows)}`;
  unit.woke = true;
}

/** Sets up what new operations wait for: a call, a time, an event or another run. */
export async function schedule(unit: Unit, call: Call, ops: Op[]): Promise<void> {
  await plan(
    unit,
    call,
    ops.filter(({ op }) => op === "StepPlanned"),
  );
  for (const op of ops) {
    if (finishedOps.has(op.op) || op.op === "StepPlanned") continue;
    if (op.op === "Sleep") {
      const due = parseWhen(op.name ?? "", unit.now);
      if (due === null || due - unit.now > year)
        throw new RunRefused(`Step "${op.displayName}" has no valid sleep time.`);
      await timer(unit, "sleep", call, op.id, due);
    } else if (op.op === "WaitForEvent") {
      await wait(unit, call, op).catch((error: unknown) => {
        throw error instanceof ExpressionError ? new RunRefused(error.message) : error;
      });
    } else if (op.op === "InvokeFunction") await invoke(unit, call, op);
    else
      throw new RunRefused(
        `Step "${op.displayName ?? op.name}" is a ${op.op}, which this engine does not execute.`,
      );
  }
}
