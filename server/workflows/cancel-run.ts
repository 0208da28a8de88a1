import type { Context } from "@/server/platform/context";
import { requestAct } from "./act-on-run";

/**
 * Ends a live run: finished steps stay done, nothing more of it is called. A step that is out right now may still finish
 * its work. @throws AppError NOT_FOUND, CONFLICT, UNAVAILABLE, UNSUPPORTED
 */
export const cancelRun = (ctx: Context, { runId }: { runId: string }): Promise<void> =>
  requestAct(ctx, runId, "cancel");
