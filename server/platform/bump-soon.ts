import { isDatabaseOpen } from "@/db/client";
import { withTransaction } from "@/db/transaction";
import { systemContext } from "./context";
import { loggerFor } from "./logger";
import { bumpTopics } from "./realtime";

const WAIT_MS = 400;
/** Tries of what could not be raised: for half a minute, in which a database comes back. Then tabs read again by themselves. */
const MOST_TRIES = 75;
const log = loggerFor("realtime");

/** What waits in a workspace, and how often it failed before. */
type Waiting = { topics: Set<string>; failures: number; timer: NodeJS.Timeout };
const waiting = new Map<string, Waiting>();
/** Topics on their way: a flush waits for those too that a timer has begun to raise. */
const underWay = new Set<Promise<void>>();

/**
 * Raises the version of topics a little later, once for all calls of a workspace in between: a thousand opens a second cost
 * two notifications. For hot writers, after their commit; anything that must commit with its change uses `bumpTopics`. Each
 * workspace is raised by itself: one that breaks is tried again, and holds up no other.
 */
export function bumpTopicsSoon(workspaceId: string, ...topics: string[]): void {
  wait(workspaceId, topics, 0);
}

/** Raises what waits now; for the end of a process. */
export async function flushTopics(): Promise<void> {
  for (const workspaceId of waiting.keys()) raise(workspaceId);
  await Promise.all(underWay);
}

function wait(workspaceId: string, topics: Iterable<string>, failures: number): void {
  const entry = waiting.get(workspaceId) ?? start(workspaceId);
  entry.failures = Math.max(entry.failures, failures);
  for (const topic of topics) entry.topics.add(topic);
}

function start(workspaceId: string): Waiting {
  const timer = setTimeout(() => raise(workspaceId), WAIT_MS);
  timer.unref();
  const entry = { topics: new Set<string>(), failures: 0, timer };
  waiting.set(workspaceId, entry);
  return entry;
}

function raise(workspaceId: string): void {
  const entry = waiting.get(workspaceId);
  if (!entry) return;
  waiting.delete(workspaceId);
  clearTimeout(entry.timer);
  const raising = bump(workspaceId, entry).finally(() => underWay.delete(raising));
  underWay.add(raising);
}

async function bump(workspaceId: string, { topics, failures }: Waiting): Promise<void> {
  if (!isDatabaseOpen()) return;
  const ctx = systemContext(workspaceId);
  try {
    await withTransaction(ctx, (tx) => bumpTopics(tx, ctx, ...topics));
  } catch (error) {
    const again = failures + 1 < MOST_TRIES;
    if (again) wait(workspaceId, topics, failures + 1);
    // Only freshness is lost: tabs read again at the next bump, on focus and on reconnect.
    if (failures === 0 || !again) log.warn({ err: error, workspaceId, again }, "topics were not raised");
  }
}
