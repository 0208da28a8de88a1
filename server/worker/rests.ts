import { giveBackUntouched } from "@/server/deliveries/give-back-untouched";
import type { BatchKey } from "@/server/deliveries/lease";
import { thisOwner } from "@/server/deliveries/owner";
import { notePrepared, noteUnprepared, saysUnprepared } from "@/server/deliveries/pause-for-channel";
import { systemContext } from "@/server/platform/context";
import { loggerFor } from "@/server/platform/logger";
import { isPassing } from "@/server/platform/passing";

const log = loggerFor("lanes");
const FIRST_REST_MS = 500;
const LONGEST_REST_MS = 60_000;
/** Who was not tried again so long after a rest is forgotten (ms). */
const FORGOTTEN_MS = 10 * LONGEST_REST_MS;
/** Failures in a row after which the campaign says so on screen. */
const SHOWN_AFTER = 3;

/** A run, or only the sealing of what comes due in it, or only one of its batches. */
export type Resting = { workspaceId: string; runNumber: number; batchNumber?: number; sealing?: true };
/** `by`: the batch that showed it last. */
type Rest = { of: Resting; failures: number; until: number; by: number | undefined };

/**
 * What could not be taken or sent for a reason of its own rests, longer each time, while all others go on. Known to this process
 * only: another finds out for itself.
 */
export class Rests {
  readonly #rests = new Map<string, Rest>();

  /** Whose turn it is not, in the words of `leasable_batches`: "run", or "run:batch". */
  names(): string[] {
    const now = performance.now();
    for (const [name, { until }] of this.#rests) if (until + FORGOTTEN_MS < now) this.#rests.delete(name);
    return [...this.#rests].filter(([, { of, until }]) => until > now && !of.sealing).map(([name]) => name);
  }

  /** How many are known of. */
  get size(): number {
    return this.#rests.size;
  }

  has(of: Resting): boolean {
    return (this.#rests.get(nameOf(of))?.until ?? 0) > performance.now();
  }

  /** Lets it rest after a failure, which the batch `by` showed. Never rejects. */
  async begin(of: Resting, error: unknown, by?: number): Promise<void> {
    // Several lanes find the same out at once; it is one failure.
    if (this.has(of)) return;
    const failures = (this.#rests.get(nameOf(of))?.failures ?? 0) + 1;
    const restMs = Math.min(FIRST_REST_MS * 2 ** (failures - 1), LONGEST_REST_MS);
    this.#rests.set(nameOf(of), { of, failures, until: performance.now() + restMs, by });
    const { code, message } = error as { code?: string; message?: string };
    const { workspaceId, runNumber, batchNumber } = of;
    log.error(
      { workspaceId, runNumber, batchNumber, failures, restMs, code, message },
      "messages cannot be prepared; they rest, others go on",
    );
    const why = error instanceof Unprepared ? error.message : null;
    if (failures >= SHOWN_AFTER)
      await noteUnprepared(systemContext(workspaceId), runNumber, why).catch(unsaid(runNumber));
  }

  /** Lets it rest as `begin` does, and gives back the batch that showed it, if nothing of that was begun. Never rejects. */
  async putAside(batch: BatchKey, what: Resting, error: unknown): Promise<void> {
    await this.begin(what, error, batch.batchNumber);
    await giveBackUntouched(batch, thisOwner).catch(({ message }: Error) =>
      log.warn(
        { runNumber: batch.runNumber, batchNumber: batch.batchNumber, message },
        "a lease was not given back; it will end",
      ),
    );
  }

  /**
   * It went well. What a batch of a run can, says nothing of another that showed the run's trouble, nor of its sealing. `failure`:
   * what its campaign says; it says so no longer where nothing of the run is known to fail, whichever worker wrote it.
   */
  end(of: Resting, failure: string | null = null): void {
    const { workspaceId, runNumber, batchNumber } = of;
    let said = failure !== null && saysUnprepared(failure, runNumber);
    for (const name of of.sealing ? [nameOf(of)] : [nameOf(of), nameOf({ workspaceId, runNumber })]) {
      const rest = this.#rests.get(name);
      if (!rest || (rest.by !== undefined && rest.by !== batchNumber)) continue;
      this.#rests.delete(name);
      said ||= rest.failures >= SHOWN_AFTER;
    }
    if (!said || [...this.#rests.values()].some((rest) => rest.of.runNumber === runNumber)) return;
    void notePrepared(systemContext(workspaceId), runNumber).catch(unsaid(runNumber));
  }
}

/** What a run sends cannot be had; the message goes in brackets. */
export class Unprepared extends Error {
  override readonly name = "Unprepared";
}

/** The database is away, or this machine fails us: no batch's fault. */
export const isOurs = (error: unknown): boolean =>
  isPassing(error) || (error as { syscall?: string }).syscall !== undefined;

const nameOf = ({ runNumber, batchNumber, sealing }: Resting): string => {
  if (sealing) return `${runNumber} sealing`;
  return batchNumber === undefined ? `${runNumber}` : `${runNumber}:${batchNumber}`;
};

const unsaid = (runNumber: number) => (error: unknown) =>
  log.warn({ runNumber, message: (error as Error).message }, "a campaign does not say what is the matter");
