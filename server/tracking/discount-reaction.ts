import { sql } from "drizzle-orm";
import type { Transaction } from "@/db/transaction";
import { type ExecutionKey, trackingLock } from "@/server/deliveries";
import { moveReaction } from "./move-reaction";

/**
 * Takes a reaction out of the count again, because a person found that it was none: the raw row stays and is marked. Where
 * it was the one that counted, the next of its kind counts in its place. Returns whether there was such a reaction.
 */
export async function discountReaction(
  tx: Transaction,
  key: ExecutionKey,
  { kind, responseId }: { kind: "replied" | "unsubscribed"; responseId: string },
): Promise<boolean> {
  // Alone: what counts is read here and written below.
  await tx.execute(sql`
    select pg_advisory_xact_lock(hashtextextended(${trackingLock(key.runNumber)}, 0))`);
  const those = sql`part = ${key.part} and run_number = ${key.runNumber} and seq = ${key.seq} and kind = ${kind}`;
  const [gone] = await tx.execute<{ counted: boolean; at: string; dedupeKey: string }>(sql`
    select first as counted, to_json(occurred_at) #>> '{}' as at, dedupe_key as "dedupeKey" from delivery_events
    where ${those} and detail ->> 'responseId' = ${responseId} and not machine for update`);
  if (!gone) return false;
  await tx.execute(sql`
    update delivery_events set machine = true, first = false, detail = detail || '{"corrected": true}'
    where ${those} and dedupe_key = ${gone.dedupeKey}`);
  if (!gone.counted) return true;
  const [next] = await tx.execute<{ at: string }>(sql`
    update delivery_events set first = true where ${those} and dedupe_key = (
      select dedupe_key from delivery_events where ${those} and not machine order by occurred_at, dedupe_key limit 1)
    returning to_json(occurred_at) #>> '{}' as at`);
  await moveReaction(tx, key, kind, [{ at: gone.at, by: -1 }, ...(next ? [{ at: next.at, by: 1 }] : [])]);
  return true;
}
