import { hotSql } from "@/db/client";
import { withTransaction } from "@/db/transaction";
import { fallBack } from "@/server/deliveries/fall-back";
import { thisOwner } from "@/server/deliveries/owner";
import { countEarlyEvents } from "@/server/deliveries/record-provider-events";
import { enqueue } from "@/server/jobs/enqueue";
import { eachWorkspace } from "@/server/platform/each-workspace";

/** Runs of each kind that are looked after at once. */
const MOST_RUNS = 50;
/** A run that is still not complete is announced again after this. */
const ANNOUNCE_MS = 60_000;

type Run = { workspaceId: string; runNumber: number };

/**
 * What runs need besides their messages: fall-backs, events that came before their results, and word of what is drained. A run
 * that breaks holds up no other, and nothing else of the three.
 */
export class Upkeep {
  readonly #announced = new Map<string, number>();

  async look(): Promise<void> {
    const late = await hotSql()<Run[]>`
      select workspace_id as "workspaceId", run_number::int as "runNumber" from runs_with_due_fall_backs(${MOST_RUNS})`;
    await eachWorkspace("fall-backs", late, fallBack);
    const early = await hotSql()<Run[]>`
      select workspace_id as "workspaceId", run_number::int as "runNumber" from runs_with_uncounted_events(${MOST_RUNS})`;
    await eachWorkspace("early events", early, async (ctx, run) => {
      await countEarlyEvents(ctx, run);
      return 1;
    });
    await this.#announceDrained();
  }

  /** Tells the engine that a run has nothing left to send; the engine's function looks and completes it. */
  async #announceDrained(): Promise<void> {
    const runs = await hotSql()<(Run & { campaignId: string; lastBatch: number })[]>`
      select workspace_id as "workspaceId", campaign_id as "campaignId", run_number::int as "runNumber",
        last_batch as "lastBatch" from drained_runs(${MOST_RUNS})`;
    const now = performance.now();
    await eachWorkspace("drained runs", runs, async (ctx, { campaignId, runNumber, lastBatch }) => {
      const key = `${runNumber}:${lastBatch}`;
      const before = this.#announced.get(key);
      if (before !== undefined && now - before < ANNOUNCE_MS) return 0;
      const again = before === undefined ? "" : `:${thisOwner}:${Math.round(now)}`;
      await withTransaction(ctx, (tx) =>
        enqueue(tx, ctx, "campaign/run.drained", { campaignId, runNumber }, `${key}${again}`),
      );
      this.#announced.set(key, now);
      return 1;
    });
    if (runs.length === 0) this.#announced.clear();
  }
}
