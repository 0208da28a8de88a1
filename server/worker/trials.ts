import type { BatchKey } from "@/server/deliveries/lease";
import { type Candidate, keyOf, nameOf } from "./candidate";

/** Longer than an account ever rests (ms). */
const KEPT_MS = 60_000;

/**
 * Whose turn it is to try an account that did not answer: the database offers its batches always in the same order, and one
 * that fails for a reason of its own would be every trial.
 */
export class Trials {
  /** When batches failed (ms, this process's monotonic clock), the latest last. */
  readonly #failed = new Map<string, number>();

  /** Nothing of the batch could be handed over. */
  failed(key: BatchKey): void {
    this.#failed.delete(nameOf(key));
    this.#failed.set(nameOf(key), performance.now());
  }

  /** The candidates, each workspace in its places as before; in these, those who failed come after others, the latest last. */
  inTurn(candidates: Candidate[]): Candidate[] {
    const since = performance.now() - KEPT_MS;
    for (const [name, at] of this.#failed) if (at < since) this.#failed.delete(name);
    if (this.#failed.size === 0) return candidates;
    const failedAt = (candidate: Candidate) => this.#failed.get(nameOf(keyOf(candidate))) ?? 0;
    const queues = new Map<string, Candidate[]>();
    for (const candidate of candidates) {
      const queue = queues.get(candidate.workspace_id) ?? [];
      queues.set(candidate.workspace_id, queue);
      queue.push(candidate);
    }
    for (const queue of queues.values()) queue.sort((one, other) => failedAt(one) - failedAt(other));
    return candidates.map((candidate) => queues.get(candidate.workspace_id)?.shift() ?? candidate);
  }
}
