import { hotSql } from "@/db/client";
import { withTransaction } from "@/db/transaction";
import { fallBack } from "@/server/deliveries/fall-back";
import { thisOwner } from "@/server/deliveries/owner";
import { countEarlyEvents } from "@/server/deliveries/record-provider-events";
import { enqueue } from "@/server/jobs/enqueue";
import { systemContext } from "@/server/platform/context";

/** Runs of each kind that are looked after at once. */
const MOST_RUNS = 50;
/** A run that is still not complete is announced again after this. */
const ANNOUNCE_MS = 60_000;

/** What runs need besides their messages: fall-backs, events that came before their results, and word of what is drained. */
export class Upkeep {
  readonly #announced = new Map<string, number>();

  async look(): Promise<void> {
    const late = await hotSql()<{ workspace_id: string; run_number: string }[]>`
      select * from runs_with_due_fall_backs(${MOST_RUNS})`;
    for (const run of late)
      await fallBack(systemContext(run.workspace_id), { runNumber: Number(run.run_number) });
    const early = await hotSql()<{ workspace_id: string; run_number: string }[]>`
      select * from runs_with_uncounted_events(${MOST_RUNS})`;
    for (const run of early)
      await countEarlyEvents(systemContext(run.workspace_id), { runNumber: Number(run.run_number) });
    await this.#announceDrained();
  }

  /** Tells the engine that a run has nothing left to send; the engine's function looks and completes it. */
  async #announceDrained(): Promise<void> {
    const runs = await hotSql()<
      { workspace_id: string; campaign_id: string; run_number: string; last_batch: number }[]
    >`select * from drained_runs(${MOST_RUNS})`;
    const now = performance.now();
    for (const run of runs) {
      const key = `${run.run_number}:${run.last_batch}`;
      const before = this.#announced.get(key);
      if (before !== undefined && now - before < ANNOUNCE_MS) continue;
      const ctx = systemContext(run.workspace_id);
      const again = before === undefined ? "" : `:${thisOwner}:${Math.round(now)}`;
      await withTransaction(ctx, (tx) =>
        enqueue(
          tx,
          ctx,
          "campaign/run.drained",
          { campaignId: run.campaign_id, runNumber: Number(run.run_number) },
          `${key}${again}`,
        ),
      );
      this.#announced.set(key, now);
    }
    if (runs.length === 0) this.#announced.clear();
  }
}
