import { canonical } from "./canonical";
import type { Core } from "./core";
import { endRun, type Memo, resolveSteps } from "./endings";
import { closeBatch, closeDebounce } from "./flow";
import { inUnit } from "./intake";
import type { Unit } from "./unit";

type Due = { id: number; kind: string; ref: string | null; run_id: string | null; step_id: string | null };

function memoOf({ kind, run_id, step_id }: Due): Memo[] {
  if (!run_id || !step_id) return [];
  if (kind === "sleep" || kind === "wait")
    return [{ runId: run_id, stepId: step_id, memo: "bare", output: "null" }];
  const error = { name: "InngestInvokeTimeout", message: "The invoked function did not finish in time." };
  return [{ runId: run_id, stepId: step_id, memo: "error", output: canonical(error) }];
}

async function fire(unit: Unit, due: Due): Promise<void> {
  const { kind, ref, run_id } = due;
  if (ref) {
    const [, functionId, key] = JSON.parse(ref) as [string, string, string];
    const fn = unit.functions.find(({ id }) => id === functionId);
    if (fn) await (kind === "batch" ? closeBatch(unit, fn, key) : closeDebounce(unit, fn, key));
    return;
  }
  if (!run_id) return;
  if (kind === "start") {
    const [waiting] =
      await unit.tx`select 1 from engine.run where id = ${run_id} and started_at is null and ended_at is null`;
    if (waiting) await endRun(unit, run_id, { state: "cancelled", reason: "The run did not start in time." });
  } else if (kind === "finish") {
    await endRun(unit, run_id, { state: "cancelled", reason: "The run did not finish in time." });
  }
}

/** Fires what is due, at most 200 timers in one transaction. Returns how many there were. */
export async function fireTimers(core: Core): Promise<number> {
  const [any] = await core.sql`select 1 from engine.timer where due_at <= engine.now_ms() limit 1`;
  if (!any) return 0;
  return inUnit(core, async (unit) => {
    const due = await unit.tx<Due[]>`
      delete from engine.timer where id in (
        select id from engine.timer where due_at <= ${unit.now} order by due_at, id limit 200 for update skip locked
      ) returning id, kind, ref, run_id, step_id`;
    const steps = due.filter(({ step_id }) => step_id !== null);
    await resolveSteps(unit, steps.flatMap(memoOf));
    for (const timer of due) if (timer.step_id === null) await fire(unit, timer);
    return due.length;
  });
}
