import { procedureFor, router } from "@/server/trpc/procedures";
import { cancelRun } from "./cancel-run";
import { getWorkflowOverview } from "./get-overview";
import { getRun } from "./get-run";
import { listRuns } from "./list-runs";
import { retryRun } from "./retry-run";
import { runInput, runListInput } from "./schemas";

const administrator = procedureFor("admin");

/** The inspector of workflow runs, for administrators. */
export const workflowsRouter = router({
  overview: administrator.query(({ ctx }) => getWorkflowOverview(ctx.verb)),
  list: administrator.input(runListInput).query(({ ctx, input }) => listRuns(ctx.verb, input)),
  get: administrator.input(runInput).query(({ ctx, input }) => getRun(ctx.verb, input)),
  retry: administrator.input(runInput).mutation(({ ctx, input }) => retryRun(ctx.verb, input)),
  cancel: administrator.input(runInput).mutation(({ ctx, input }) => cancelRun(ctx.verb, input)),
});
