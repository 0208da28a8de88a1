import { withHotTransaction } from "@/db/transaction";
import { callbackUrl, decodePublicId, type ExecutionKey } from "@/server/deliveries";
import { loggerFor } from "@/server/platform/logger";
import { CALLBACK_LINK } from "@/server/templates/schemas";
import { appendVisit } from "./append-visit";
import { clickBursts, longestBurstMs } from "./classify-machine";
import { reclassifyExecution } from "./reclassify-execution";
import { runOf } from "./run-of";
import { readVisit } from "./visit";

const log = loggerFor("tracking");

/**
 * Records that a link of a message was followed, and answers where it leads: only ever an address that stands in the run's
 * own content, or the customer's own page to ask for a call. Null for a forged id or a link that the content does not have; nothing is recorded then.
 */
export async function recordClick(publicId: string, link: string, request: Request): Promise<string | null> {
  const key = decodePublicId(publicId);
  const run = key && (await runOf(key.runNumber));
  const index = /^\d{1,4}$/.test(link) ? Number(link) : -1;
  const url = run?.links[index];
  if (!key || !run || url === undefined) return null;
  try {
    await record(run.workspaceId, key, index, request);
  } catch (error) {
    // The reader wanted the page: a count that is lost must not keep them from it.
    log.error({ err: error, runNumber: key.runNumber }, "a click was not recorded");
  }
  return url === CALLBACK_LINK ? callbackUrl(publicId) : url;
}

async function record(workspaceId: string, key: ExecutionKey, link: number, request: Request): Promise<void> {
  const appended = await appendVisit(workspaceId, key, { kind: "clicked", link, visit: readVisit(request) });
  if (!appended || appended.machine) return;
  // Looked at after the commit: of two clicks at once, the later commit sees both.
  const clicks = await withHotTransaction(
    workspaceId,
    (sql) => sql<{ link: number; occurredAt: Date }[]>`
      select link, occurred_at as "occurredAt" from delivery_events
      where part = ${key.part} and run_number = ${key.runNumber} and seq = ${key.seq} and kind = 'clicked'
        and occurred_at > ${appended.at}::timestamptz - ${longestBurstMs} * interval '1 millisecond'`,
  );
  if (clickBursts(clicks).size > 0) await reclassifyExecution(workspaceId, key);
}
