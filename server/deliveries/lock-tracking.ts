import type { Sql } from "postgres";

/**
 * Keeps a run's tracking in step until the transaction ends: writers of single events share the lock and never wait for
 * each other; whoever recounts takes it alone, so that no event slips between its reading and its writing.
 */
export async function lockTracking(sql: Sql, runNumber: number, alone = false): Promise<void> {
  const name = trackingLock(runNumber);
  if (alone) await sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`;
  else await sql`select pg_advisory_xact_lock_shared(hashtextextended(${name}, 0))`;
}

/** The name that the lock is hashed from. */
export const trackingLock = (runNumber: number): string => `tracking:${runNumber}`;
