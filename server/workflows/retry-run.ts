import type { Context } from "@/server/platform/context";
import { requestAct } from "./act-on-run";

/**
 * Lets a failed or cancelled run go on behind its last finished step: what succeeded is kept, the rest is done again
 * with all its attempts. @throws AppError NOT_FOUND, CONFLICT, UNAVAILABLE, UNSUPPORTED
 */
export const retryRun = (ctx: Context, { runId }: { runId: string }): Promise<void> =>
  requestAct(ctx, runId, "retry");
