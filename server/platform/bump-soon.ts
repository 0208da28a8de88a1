import { isDatabaseOpen } from "@/db/client";
import { withTransaction } from "@/db/transaction";
import { systemContext } from "./context";
import { loggerFor } from "./logger";
import { bumpTopics } from "./realtime";

const WAIT_MS = 400;
const log = loggerFor("realtime");

type Waiting = { topics: Set<string>; timer: NodeJS.Timeout };
const waiting = new Map<string, Waiting>();

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
  await Promise.all([...waiting.keys()].map(raise));
}

function start(workspaceId: string): Waiting {
  const timer = setTimeout(() => void raise(workspaceId), WAIT_MS);
  timer.unref();
  const entry = { topics: new Set<string>(), timer };
  waiting.set(workspaceId, entry);
  return entry;
}

async function raise(workspaceId: string): Promise<void> {
  const entry = waiting.get(workspaceId);
  if (!entry) return;
  waiting.delete(workspaceId);
  clearTimeout(entry.timer);
  if (!isDatabaseOpen()) return;
  const ctx = systemContext(workspaceId);
  try {
    await withTransaction(ctx, (tx) => bumpTopics(tx, ctx, ...entry.topics));
  } catch (error) {
    // Only freshness is lost: tabs read again at the next bump, on focus and on reconnect.
    log.warn({ err: error, workspaceId }, "topics were not raised");
  }
}
