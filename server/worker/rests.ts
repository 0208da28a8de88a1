import { giveBackUntouched } from "@/server/deliveries/give-back-untouched";
import type { BatchKey } from "@/server/deliveries/lease";
import { thisOwner } from "@/server/deliveries/owner";
import { noteRunTrouble } from "@/server/deliveries/pause-for-channel";
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

/** A run, or only one of its batches. */
export type Resting = { workspaceId: string; runNumber: number; batchNumber?: number };
type Rest = { failures: number; until: number };

const sentence = ({ runNumber }: Resting) =>
  `Messages of this campaign cannot be prepared, so they wait; nothing was lost. Whoever runs this installation finds the reason in the worker’s log, under run ${runNumber}.`;

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
    return [...this.#rests].filter(([, { until }]) => until > now).map(([name]) => name);
  }

  has(of: Resting): boolean {
    return (this.#rests.get(nameOf(of))?.until ?? 0) > performance.now();
  }

  /** Lets it rest after a failure. Never rejects. */
  async begin(of: Resting, error: unknown): Promise<void> {
    // Several lanes find the same out at once; it is one failure.
    if (this.has(of)) return;
    const failures = (this.#rests.get(nameOf(of))?.failures ?? 0) + 1;
    const restMs = Math.min(FIRST_REST_MS * 2 ** (failures - 1), LONGEST_REST_MS);
    this.#rests.set(nameOf(of), { failures, until: performance.now() + restMs });
    const { code, message } = error as { code?: string; message?: string };
    const { workspaceId, runNumber, batchNumber } = of;
    log.error(
      { workspaceId, runNumber, batchNumber, failures, restMs, code, message },
      "messages cannot be prepared; they rest, others go on",
    );
    if (failures >= SHOWN_AFTER) await note(of, sentence(of));
  }

  /** Lets it rest as `begin` does, and gives back the batch that showed it, if nothing of that was begun. Never rejects. */
  async putAside(batch: BatchKey, what: Resting, error: unknown): Promise<void> {
    await this.begin(what, error);
    await giveBackUntouched(batch, thisOwner).catch(({ message }: Error) =>
      log.warn(
        { runNumber: batch.runNumber, batchNumber: batch.batchNumber, message },
        "a lease was not given back; it will end",
      ),
    );
  }

  /** It went well. */
  end(of: Resting): void {
    const rest = this.#rests.get(nameOf(of));
    if (!rest) return;
    this.#rests.delete(nameOf(of));
    if (rest.failures >= SHOWN_AFTER) void note(of, null);
  }
}

/** The database is away, or this machine fails us: no batch's fault. */
export const isOurs = (error: unknown): boolean =>
  isPassing(error) || (error as { syscall?: string }).syscall !== undefined;

const nameOf = ({ runNumber, batchNumber }: Resting): string =>
  batchNumber === undefined ? `${runNumber}` : `${runNumber}:${batchNumber}`;

const note = ({ workspaceId, runNumber }: Resting, words: string | null): Promise<void> =>
  noteRunTrouble(systemContext(workspaceId), runNumber, words).catch((error: unknown) =>
    log.warn({ runNumber, message: (error as Error).message }, "a campaign does not say what is the matter"),
  );
