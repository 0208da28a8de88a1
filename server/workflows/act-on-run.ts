import { withTransaction } from "@/db/transaction";
import { recordAudit } from "@/server/platform/audit";
import type { Context } from "@/server/platform/context";
import { AppError } from "@/server/platform/errors";
import { actOnRun } from "./client";
import { ownRun } from "./get-run";
import { mayAct, type RunAct, runActs } from "./status";

/**
 * Asks the engine to do something with a run of the workspace. The request is audited before it is made: the engine is
 * not part of our transaction, and an act without an entry would be worse than an entry of an act that was refused.
 * @throws AppError NOT_FOUND, CONFLICT, UNAVAILABLE, UNSUPPORTED
 */
export async function requestAct(ctx: Context, runId: string, act: RunAct): Promise<void> {
  const { run } = await ownRun(ctx, runId);
  if (!mayAct(act, run.state)) throw new AppError("CONFLICT", runActs[act].refusal, { state: run.state });
  await withTransaction(ctx, (tx) =>
    recordAudit(tx, ctx, {
      action: `workflow_run.${act}_requested`,
      subjectType: "workflow_run",
      subjectId: run.id,
      after: { function: run.functionId, event: run.eventName, state: run.state },
    }),
  );
  await actOnRun(run.id, act);
}
