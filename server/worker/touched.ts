import { hotSql } from "@/db/client";
import { ownerIsGone, thisOwner } from "@/server/deliveries/owner";
import { type Evaluator, evaluateTouched, freeDeadClaims } from "@/server/events";
import { systemContext } from "@/server/platform/context";
import { eachWorkspace } from "@/server/platform/each-workspace";
import { Loop } from "./loop";

/** Nobody waits longer than this, also where the notice was lost. */
const IDLE_MS = 400;
const MOST_WORKSPACES = 50;
/** Customers of a workspace in one batch. */
const MOST_AT_ONCE = 500;

/** Re-evaluates touched customers within a second, workspace by workspace, so that a busy one never holds up another. */
export class Touched {
  readonly #loop = new Loop("touched", IDLE_MS, () => this.#round());

  constructor(private readonly evaluators: readonly Evaluator[]) {}

  start(): void {
    this.#loop.start();
  }

  wake(): void {
    this.#loop.wake();
  }

  stop(): Promise<void> {
    return this.#loop.stop();
  }

  async #round(): Promise<boolean> {
    await this.#freeDead();
    const due = await hotSql()<{ workspaceId: string }[]>`
      select workspace_id as "workspaceId" from workspaces_with_touched_customers(${MOST_WORKSPACES})`;
    let more = due.length === MOST_WORKSPACES;
    const { broken } = await eachWorkspace("touched", due, async (ctx) => {
      const taken = await evaluateTouched(ctx, {
        evaluators: this.evaluators,
        owner: thisOwner,
        most: MOST_AT_ONCE,
      });
      // Whoever is touched from now on is told of: in a steady stream a few large batches cost less than many small ones.
      more ||= taken === MOST_AT_ONCE;
      return taken;
    });
    return more && broken === 0;
  }

  /** A worker that was killed a moment ago left claims behind: ours by name, but no longer ours. */
  async #freeDead(): Promise<void> {
    const claims = await hotSql()<{ workspace_id: string; claimed_by: string }[]>`
      select workspace_id, claimed_by from touched_claims()`;
    const isGone = (owner: string) => ownerIsGone(owner);
    const dead = claims.filter(({ claimed_by }) => isGone(claimed_by.split("/")[0] ?? ""));
    for (const workspaceId of new Set(dead.map((claim) => claim.workspace_id)))
      await freeDeadClaims(systemContext(workspaceId), isGone);
  }
}
