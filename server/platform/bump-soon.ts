import { isDatabaseOpen } from "@/db/client";
import { withTransaction } from "@/db/transaction";
import { systemContext } from "./context";
import { loggerFor } from "./logger";
import { bumpTopics } from "./realtime";

const WAIT_MS = 400;
const log = loggerFor("realtime");

type Waiting = { topics: Set<string>; timer: NodeJS.Timeout };
const waiting = new Map<string, Waiting>();
/** Topics on their way: a flush waits for those too that a timer has begun to raise. */
const underWay = new Set<Promise<void>>();

/**
 * Raises the version of topics a little later, once for all calls of a workspace in between: a thousand opens a second cost
 * two notifications. For hot writers, after their commit; anything that must commit with its change uses `bumpTopics`.
 */
export function bumpTopicsSoon(workspaceId: string, ...topics: string[]): void {
  const entry = waiting.get(workspaceId) ?? start(workspaceId);
  for (const topic of topics) entry.topics.add(topic);
}

/** Raises what waits now; for the end of a process. */
export async function flushTopics(): Promise<void> {
  for (const workspaceId of waiting.keys()) raise(workspaceId);
  await Promise.all(underWay);
}

function start(workspaceId: string): Waiting {
  const timer = setTimeout(() => raise(workspaceId), WAIT_MS);
  timer.unref();
  const entry = { topics: new Set<string>(), timer };
  waiting.set(workspaceId, entry);
  return entry;
}

function raise(workspaceId: string): void {
  const entry = waiting.get(workspaceId);
  if (!entry) return;
  waiting.delete(workspaceId);
  clearTimeout(entry.timer);
  const raising = bump(workspaceId, entry.topics).finally(() => underWay.delete(raising));
  underWay.add(raising);
}

async function bump(workspaceId: string, topics: Set<string>): Promise<void> {
  if (!isDatabaseOpen()) return;
  const ctx = systemContext(workspaceId);
  try {
    await withTransaction(ctx, (tx) => bumpTopics(tx, ctx, ...topics));
  } catch (error) {
    // Only freshness is lost: tabs read again at the next bump, on focus and on reconnect.
    log.warn({ err: error, workspaceId }, "topics were not raised");
  }
}
