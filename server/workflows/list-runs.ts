import { withTransaction } from "@/db/transaction";
import { readClock } from "@/server/platform/clock";
import type { Context } from "@/server/platform/context";
import type { KeysetPage } from "@/server/platform/keyset";
import type { EngineRun } from "./answers";
import { readRuns } from "./client";
import type { RunListQuery } from "./schemas";
import { belongsTo } from "./scope";
import { meantBy, type RunSubject, subjectsOf } from "./subjects";

export type RunLine = Omit<EngineRun, "data"> & { subject: RunSubject | null };

const PAGE = 50;
const HOUR_MS = 3_600_000;

/**
 * One page of the workspace's runs, newest first, by keyset. Runs of schedules belong to no workspace and are not shown.
 * @throws AppError UNAVAILABLE when the engine does not answer, UNSUPPORTED when it is not ours
 */
export async function listRuns(
  ctx: Context,
  { hours, search, ...query }: RunListQuery,
): Promise<KeysetPage<RunLine>> {
  const { now, values } = await withTransaction(ctx, async (tx) => ({
    now: hours ? await readClock(tx) : null,
    values: search ? await meantBy(tx, ctx, search) : [],
  }));
  const { runs, previous, next } = await readRuns({
    ...query,
    within: ctx.workspaceId,
    search: values,
    from: now && now.getTime() - Number(hours) * HOUR_MS,
    limit: PAGE,
  });
  // The engine looks for the workspace's id anywhere in the data; it has to stand in its place.
  const own = runs.filter(({ data }) => belongsTo(ctx.workspaceId, data));
  const subjects = await withTransaction(ctx, (tx) =>
    subjectsOf(
      tx,
      own.map(({ data }) => data),
    ),
  );
  const rows = own.map(({ data: _, ...run }, index) => ({ ...run, subject: subjects[index] ?? null }));
  return { rows, previous, next };
}
