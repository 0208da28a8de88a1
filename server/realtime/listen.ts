import { EventEmitter } from "node:events";
import { listenToNotices } from "@/db/client";
import { loggerFor } from "@/server/platform/logger";

/** Topics that moved within this time travel as one message. */
const COALESCE_MS = 100;
const CHANNEL = "ringback_topics";
const log = loggerFor("realtime");

type Hub = {
  emitter: EventEmitter;
  moved: Map<string, Set<string>>;
  timer: NodeJS.Timeout | null;
  listening: Promise<unknown> | null;
};

// One hub a process: hot reload must not open a second listening connection.
const keeper = globalThis as { ringbackHub?: Hub };
keeper.ringbackHub ??= {
  emitter: new EventEmitter().setMaxListeners(0),
  moved: new Map(),
  timer: null,
  listening: null,
};
const hub: Hub = keeper.ringbackHub;

/** Sent in place of topics when the database connection was lost for a moment: re-read everything. */
export const EVERYTHING = "*";

/**
 * Calls `onMoved` with the topics of a workspace that moved, coalesced, from now on; returns the way to stop.
 * One database connection serves the whole process. After a lost connection it passes `["*"]`.
 */
export async function listenToTopics(
  workspaceId: string,
  onMoved: (topics: string[]) => void,
): Promise<() => void> {
  hub.emitter.on(workspaceId, onMoved);
  try {
    hub.listening ??= startListening();
    await hub.listening;
  } catch (error) {
    hub.listening = null;
    hub.emitter.off(workspaceId, onMoved);
    throw error;
  }
  return () => hub.emitter.off(workspaceId, onMoved);
}

function startListening(): Promise<unknown> {
  return listenToNotices({ [CHANNEL]: receive }, () => {
    log.warn("listening again after a lost connection");
    for (const workspaceId of hub.emitter.eventNames()) note(String(workspaceId), EVERYTHING);
  });
}

function receive(payload: string): void {
  const [workspaceId = "", topic = ""] = payload.split(" ");
  if (hub.emitter.listenerCount(workspaceId) > 0) note(workspaceId, topic);
}

function note(workspaceId: string, topic: string): void {
  const topics = hub.moved.get(workspaceId) ?? new Set();
  hub.moved.set(workspaceId, topics.add(topic));
  hub.timer ??= setTimeout(flush, COALESCE_MS);
}

function flush(): void {
  hub.timer = null;
  const moved = [...hub.moved];
  hub.moved.clear();
  for (const [workspaceId, topics] of moved) hub.emitter.emit(workspaceId, [...topics]);
}
