import { createHash } from "node:crypto";
import { AppError } from "./errors";

/** Names the state of what has no version of its own: another name after each change of what is told of it. */
export const stateOf = (told: unknown): string =>
  createHash("sha256").update(JSON.stringify(told)).digest("base64url").slice(0, 22);

/**
 * Refuses a change that is meant for a state that stands no more. Compare under the lock that the change is written under, or
 * two who know the same state both pass. `wanted` null: whatever stands now.
 * @throws AppError CONFLICT `stale_version`, with the one that stands as `version`
 */
export function requireState(now: string | number, wanted: string | number | null | undefined): void {
  if (wanted === null || wanted === undefined || wanted === now) return;
  throw new AppError("CONFLICT", "This was changed meanwhile. Read it again, and change what stands now.", {
    code: "stale_version",
    version: now,
  });
}
