import type { Context } from "@/server/platform/context";
import { AppError } from "@/server/platform/errors";
import { consoleUrl, readFunctions } from "./client";

type FunctionLine = {
  id: string;
  name: string;
  /** No longer registered; its runs are still there. */
  archived: boolean;
  /** Runs of this workspace: live ones, and those that failed or were cancelled in the last 24 hours. */
  counts: { queued: number; running: number; waiting: number; failed: number; cancelled: number };
};

/** Which engine there is: ours with its functions, ours that does not answer, or one with a console of its own. */
export type WorkflowOverview =
  | { engine: "embedded"; functions: FunctionLine[] }
  | { engine: "unreachable"; message: string }
  | { engine: "external"; consoleUrl: string };

/** What the inspector can show here. An engine that is away is an answer, not an error: the screen waits for it. */
export async function getWorkflowOverview(ctx: Context): Promise<WorkflowOverview> {
  try {
    return { engine: "embedded", functions: await readFunctions(ctx.workspaceId) };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (error.code === "UNSUPPORTED") return { engine: "external", consoleUrl: consoleUrl() };
    return { engine: "unreachable", message: error.message };
  }
}
