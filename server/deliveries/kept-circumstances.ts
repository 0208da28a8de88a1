import { withHotTransaction } from "@/db/transaction";
import { type Circumstances, loadCircumstances } from "./circumstances";
import type { Lease } from "./lease";

/** A batch that is sealed now sends by circumstances this old at most; one that lasts reads them again every few seconds. */
const KEPT_MS = 1_000;
const MOST_KEPT = 256;
const kept = new Map<string, { at: number; circumstances: Promise<Circumstances> }>();

/**
 * The circumstances of a campaign's messages on a channel as they were a second ago at most: a run that lets people in one by one
 * has dozens of batches in that time. Whether anything may go at all is asked with each step of a batch. @throws as `loadCircumstances`
 */
export function keptCircumstances(
  of: Pick<Lease, "workspaceId" | "campaignId" | "channel">,
): Promise<Circumstances> {
  const key = `${of.workspaceId} ${of.campaignId} ${of.channel}`;
  const now = performance.now();
  const before = kept.get(key);
  if (before && now - before.at < KEPT_MS) return before.circumstances;
  const circumstances = withHotTransaction(of.workspaceId, (sql) => loadCircumstances(sql, of));
  kept.delete(key);
  kept.set(key, { at: now, circumstances });
  circumstances.catch(() => kept.delete(key));
  for (const oldest of kept.keys()) {
    if (kept.size <= MOST_KEPT) break;
    kept.delete(oldest);
  }
  return circumstances;
}
