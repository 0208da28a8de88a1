import { Middleware } from "inngest";
import { loggerFor } from "@/server/platform/logger";

const log = loggerFor("workflows");

type Told = {
  ctx: { runId: string; event: { id?: string; name: string; data?: unknown } };
  fn: { id: () => string };
};

/** The ids by which the logs of web, relay, engine and worker are read together. */
function idsOf({ ctx: { runId, event }, fn }: Told) {
  const { requestId, workspaceId } = (event.data ?? {}) as { requestId?: string; workspaceId?: string };
  return { requestId, runId, eventId: event.id, function: fn.id(), workspaceId };
}

/** Writes a line when a run begins, ends or fails. What the clock starts is written at `debug`: it comes every minute. */
export class LogRuns extends Middleware.BaseMiddleware {
  readonly id = "log-runs";

  override onRunStart(told: Middleware.OnRunStartArgs): void {
    this.#write(told as unknown as Told, "a run begins");
  }

  override onRunComplete(told: Middleware.OnRunCompleteArgs): void {
    this.#write(told as unknown as Told, "a run is complete");
  }

  override onRunError({ error, isFinalAttempt, ...told }: Middleware.OnRunErrorArgs): void {
    // The message of a database's error holds values of rows; its code and the stack's first line do not.
    const { name, code } = error as Error & { code?: string };
    log.warn({ ...idsOf(told as unknown as Told), error: name, code, isFinalAttempt }, "a run failed");
  }

  #write(told: Told, message: string): void {
    const ids = idsOf(told);
    log[ids.requestId ? "info" : "debug"](ids, message);
  }
}
