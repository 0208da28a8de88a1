import { withTransaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { notFound } from "@/server/platform/errors";
import type { EngineRunDetail } from "./answers";
import { readRun } from "./client";
import { belongsTo } from "./scope";
import { type RunSubject, subjectsOf } from "./subjects";

export type RunDetail = EngineRunDetail & { subject: RunSubject | null };

/**
 * The run as the engine has it, if all its events belong to the asker's workspace; of the runs that it started, those
 * that do as well. @throws AppError NOT_FOUND, UNAVAILABLE, UNSUPPORTED
 */
export async function ownRun(ctx: Context, runId: string): Promise<EngineRunDetail> {
  const detail = await readRun(runId);
  const own = ({ data }: { data: unknown }) => belongsTo(ctx.workspaceId, data);
  if (detail.events.length === 0 || !detail.events.every(own)) throw notFound("workflow run");
  return { ...detail, invoked: detail.invoked.filter(own) };
}

/** One run: its event, steps, waits and what is to be called next. @throws AppError NOT_FOUND, UNAVAILABLE, UNSUPPORTED */
export async function getRun(ctx: Context, { runId }: { runId: string }): Promise<RunDetail> {
  const detail = await ownRun(ctx, runId);
  const [subject] = await withTransaction(ctx, (tx) => subjectsOf(tx, [detail.run.data]));
  return { ...detail, subject: subject ?? null };
}
