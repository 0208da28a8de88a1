import { createHash } from "node:crypto";
import { type Answer, type Op, toRunError } from "./answer";
import type { Call } from "./call";
import { canonical } from "./canonical";
import type { Core } from "./core";
import { discover, endRun, type RunError, readyRuns, release } from "./endings";
import { inUnit } from "./intake";
import { checkedResult, finishedOps, RunRefused, schedule, storeSteps } from "./ops";
import type { Unit } from "./unit";

const second = 1000;
const minute = 60 * second;
const backoff = [
  15 * second,
  30 * second,
  ...[1, 2, 5, 10, 20, 40, 60, 120].map((minutes) => minutes * minute),
];
const completeId = createHash("sha1").update("complete").digest("hex");

/** How long after attempt `attempt` (from 0) the next one is made: 15 s to 2 h, with up to 30 s of jitter as Inngest. */
function retryDelay(attempt: number): number {
  const base = backoff[Math.min(attempt, backoff.length - 1)] ?? 0;
  return base + Math.floor(Math.random() * Math.min(30 * second, base / 4));
}

/** Locks the run and then the job of a call; false when the lease is gone, and with it every right to change the run. */
async function fence({ tx }: Unit, call: Lease): Promise<boolean> {
  await tx`select 1 from engine.run where id = ${call.run_id} for update`;
  const rows = await tx`
    select 1 from engine.job where id = ${call.id} and generation = ${call.generation} and state = 'leased' for update`;
  return rows.length > 0;
}

/** Gives the job back for another attempt; the concurrency keys are free meanwhile. */
async function retry(
  unit: Unit,
  call: Call,
  delayMs: number,
  error: RunError,
  counts: boolean,
): Promise<void> {
  const at = unit.now + delayMs;
  await unit.tx`
    update engine.job set state = 'future', owner = null, run_at = ${at}, rank = ${at}, error = ${canonical(error)},
      attempt = attempt + ${counts ? 1 : 0}
    where id = ${call.id}`;
  release(unit, call.keys);
}

async function dropJob(unit: Unit, call: Call): Promise<void> {
  const [job] = await unit.tx<
    { again: boolean }[]
  >`delete from engine.job where id = ${call.id} returning again`;
  release(unit, call.keys);
  if (job?.again) await discover(unit, [call.run_id]);
}

/** Uses up one attempt: tried again later, or the end of the step (its error can be caught) or of the run. */
async function fail(
  unit: Unit,
  call: Call,
  error: RunError,
  again: { retry: boolean; afterMs: number | null },
): Promise<void> {
  if (again.retry && call.attempt + 1 < call.max_attempts) {
    return retry(unit, call, again.afterMs ?? retryDelay(call.attempt), error, true);
  }
  if (call.step_id === null) return void (await endRun(unit, call.run_id, { state: "failed", error }));
  const op: Op = { id: call.step_id, op: "StepFailed", data: null, error };
  await settleOps(unit, call, { kind: "ops", ops: [op], retryAfterMs: null, noRetry: true, oneByOne: false });
}

async function settleOps(unit: Unit, call: Call, answer: Extract<Answer, { kind: "ops" }>): Promise<void> {
  const { ops, oneByOne } = answer;
  const complete = ops.find(({ op }) => op === "RunComplete");
  const failed = ops.find(({ op, id }) => op === "StepError" || (op === "StepFailed" && id === completeId));
  const rest = ops.filter((op) => op !== complete && op !== failed && op.op !== "DiscoveryRequest");
  const fresh = await storeSteps(unit, call, rest, oneByOne);
  if (complete) {
    const output = checkedResult(unit, complete.data);
    return void (await endRun(unit, call.run_id, { state: "completed", output }));
  }
  await schedule(unit, call, fresh);
  if (failed) return failStep(unit, call, failed, toRunError(failed.error, "The step failed."), answer);
  const done = rest
    .filter(({ op }) => finishedOps.has(op))
    .map(() => ({ run_id: call.run_id, race: oneByOne }));
  const asked = ops.some(({ op }) => op === "DiscoveryRequest");
  await afterOps(unit, call, { progressed: done.length > 0 || asked, stuck: fresh.length === 0, oneByOne });
}

/** A step that threw: another attempt of the same job, or its error as the step's result once attempts are used up. */
async function failStep(
  unit: Unit,
  call: Call,
  op: Op,
  error: RunError,
  answer: Extract<Answer, { kind: "ops" }>,
): Promise<void> {
  const canRetry = op.op === "StepError" && !answer.noRetry && call.attempt + 1 < call.max_attempts;
  if (canRetry) return retry(unit, call, answer.retryAfterMs ?? retryDelay(call.attempt), error, true);
  if (op.id === completeId) return void (await endRun(unit, call.run_id, { state: "failed", error }));
  const last: Op = { ...op, op: "StepFailed", error };
  await settleOps(unit, call, { ...answer, ops: [last] });
}

type After = { progressed: boolean; stuck: boolean; oneByOne: boolean };

async function afterOps(unit: Unit, call: Call, { progressed, stuck, oneByOne }: After): Promise<void> {
  const { tx } = unit;
  if (call.step_id === null && stuck && !progressed) {
    // A step that finished while this call was out is not pending any more, but then the call is repeated.
    const [open] = await tx`
      select 1 from engine.step where run_id = ${call.run_id} and state = 'pending'
      union all select 1 from engine.job where id = ${call.id} and again limit 1`;
    const error = { name: "Error", message: "The function reported nothing new and nothing is pending." };
    if (!open) return fail(unit, call, error, { retry: true, afterMs: null });
  }
  await dropJob(unit, call);
  if (!progressed) return;
  let race = oneByOne;
  if (call.step_id !== null) {
    const [step] = await tx<{ race: boolean }[]>`
      select race from engine.step where run_id = ${call.run_id} and id = ${call.step_id}`;
    race ||= step?.race ?? false;
  }
  await discover(unit, await readyRuns(unit, [{ run_id: call.run_id, race }]));
}

type Lease = Pick<Call, "id" | "run_id" | "generation">;

/** Does `work` in one transaction, or nothing when the lease is gone; a run that is refused meanwhile ends. */
async function whileHeld(core: Core, lease: Lease, work: (unit: Unit) => Promise<void>): Promise<boolean> {
  const apply = (act: (unit: Unit) => Promise<void>): Promise<boolean> =>
    inUnit(core, async (unit) => {
      if (!(await fence(unit, lease))) return false;
      await act(unit);
      return true;
    });
  try {
    return await apply(work);
  } catch (error) {
    if (!(error instanceof RunRefused)) throw error;
    const refusal = { name: "RunRefused", message: error.message };
    await apply(async (unit) => {
      await endRun(unit, lease.run_id, { state: "failed", error: refusal });
    });
    return false;
  }
}

/** Does what an answer of the app says, in one transaction; an answer whose lease is gone changes nothing. */
export async function settle(core: Core, call: Call, answer: Answer): Promise<void> {
  const held = await whileHeld(core, call, async (unit) => {
    if (answer.kind === "ops") return settleOps(unit, call, answer);
    if (answer.kind === "threw")
      return fail(unit, call, answer.error, { retry: answer.retry, afterMs: answer.retryAfterMs });
    await endRun(unit, call.run_id, { state: "completed", output: checkedResult(unit, answer.value) });
  });
  if (!held) core.log.info({ run: call.run_id, job: call.id }, "answer refused, or late and ignored");
}

/** A call that brought no usable answer. An unreachable app uses up no attempt; a call that broke off does. */
export async function settleBroken(
  core: Core,
  call: Call,
  message: string,
  delivered: boolean,
): Promise<void> {
  const error = { name: "CallFailed", message };
  const afterMs = Math.min(second * 2 ** Math.min(call.attempt, 8), 5 * minute);
  await inUnit(core, async (unit) => {
    if (!(await fence(unit, call))) return;
    if (delivered) await fail(unit, call, error, { retry: true, afterMs });
    else await retry(unit, call, 2 * second, error, false);
  });
}

export type Checkpoint = { run_id: string; qi_id: string; generation_id: number; steps: Op[] };

/** Memoises steps that a call reports while it goes on. False when its lease is gone: the SDK then halts. */
export async function checkpoint(
  core: Core,
  { run_id, qi_id, generation_id, steps }: Checkpoint,
): Promise<boolean> {
  const id = Number(qi_id);
  if (!Number.isSafeInteger(id)) return false;
  return whileHeld(core, { id, run_id, generation: generation_id }, async (unit) => {
    const [job] = await unit.tx<Call[]>`update engine.job set lost = 0 where id = ${id} returning *`;
    if (!job) return;
    const other = steps.find(({ op }) => !finishedOps.has(op));
    if (other)
      throw new RunRefused(
        `Step "${other.displayName ?? other.name}" is a ${other.op}, which this engine does not execute.`,
      );
    await storeSteps(unit, job, steps, false);
  });
}
