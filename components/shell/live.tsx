"use client";

import { type QueryFilters, useQueryClient } from "@tanstack/react-query";
import { useSubscription } from "@trpc/tanstack-react-query";
import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef } from "react";
import { useTRPC } from "@/server/trpc/react";

type Listener = { topics: string[]; onMoved: () => void };
type Listeners = Set<Listener>;
/** Who listens in this tab, and when (ms) a topic last moved. */
type Live = { listeners: Listeners; movedAt: Map<string, number> };

const LiveContext = createContext<Live | null>(null);
const EVERYTHING = "*";
/** A hot topic moves several times a second; nobody reads faster than this. */
const REFRESH_MS = 400;
/** A screen takes no longer from the reading of its data, on the server, until it listens. */
const ON_ITS_WAY_MS = 10_000;

/** Holds the tab's one stream of moved topics. A hidden tab waits and catches up when it is shown again. */
export function LiveProvider({ children }: { children: ReactNode }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const live = useMemo<Live>(() => ({ listeners: new Set(), movedAt: new Map() }), []);
  const missed = useRef(new Set<string>());

  const tell = useMemo(
    () => (topics: Iterable<string>) => {
      for (const topic of topics) missed.current.add(topic);
      if (document.hidden) return;
      const moved = [...missed.current];
      missed.current.clear();
      const now = performance.now();
      for (const [topic, at] of live.movedAt) if (now - at > ON_ITS_WAY_MS) live.movedAt.delete(topic);
      for (const topic of moved) live.movedAt.set(topic, now);
      // Nobody knows any more whether what was read for other screens still holds.
      if (moved.length > 0) void queryClient.invalidateQueries({ type: "inactive", refetchType: "none" });
      for (const listener of live.listeners)
        if (moved.some((topic) => topic === EVERYTHING || listener.topics.includes(topic)))
          listener.onMoved();
    },
    [live, queryClient],
  );
  useSubscription(trpc.realtime.topics.subscriptionOptions(undefined, { onData: tell }));
  useEffect(() => {
    const catchUp = () => !document.hidden && tell([]);
    document.addEventListener("visibilitychange", catchUp);
    return () => document.removeEventListener("visibilitychange", catchUp);
  }, [tell]);

  return <LiveContext.Provider value={live}>{children}</LiveContext.Provider>;
}

/**
 * Re-reads queries when one of the topics moved, at most every 400 ms and never missing the last move.
 * @param filter which queries; every active one when left out
 */
export function useLive(topics: string[], filter?: QueryFilters): void {
  const live = useContext(LiveContext);
  const queryClient = useQueryClient();
  const key = topics.join(" ");
  const latest = useRef(filter);
  latest.current = filter;

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | null = null;
    let again = false;
    const refresh = () => {
      if (timer) {
        again = true;
        return;
      }
      void queryClient.invalidateQueries({ refetchType: "active", ...latest.current });
      timer = setTimeout(() => {
        timer = null;
        if (again) {
          again = false;
          refresh();
        }
      }, REFRESH_MS);
    };
    const listener = { topics: key.split(" "), onMoved: refresh };
    live?.listeners.add(listener);
    // It may have moved since the server read what this screen shows, and before anybody here listened.
    const movedAt = (topic: string) => live?.movedAt.get(topic) ?? Number.NEGATIVE_INFINITY;
    if ([EVERYTHING, ...listener.topics].some((topic) => performance.now() - movedAt(topic) < ON_ITS_WAY_MS))
      refresh();
    return () => {
      live?.listeners.delete(listener);
      if (timer) clearTimeout(timer);
    };
  }, [live, queryClient, key]);
}
