"use client";

import { type QueryFilters, useQueryClient } from "@tanstack/react-query";
import { useSubscription } from "@trpc/tanstack-react-query";
import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef } from "react";
import { useTRPC } from "@/server/trpc/react";

type Listener = { topics: string[]; onMoved: () => void };
type Listeners = Set<Listener>;

const LiveContext = createContext<Listeners | null>(null);
const EVERYTHING = "*";
/** A hot topic moves several times a second; nobody reads faster than this. */
const REFRESH_MS = 400;

/** Holds the tab's one stream of moved topics. A hidden tab waits and catches up when it is shown again. */
export function LiveProvider({ children }: { children: ReactNode }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const listeners = useMemo<Listeners>(() => new Set(), []);
  const missed = useRef(new Set<string>());

  const tell = useMemo(
    () => (topics: Iterable<string>) => {
      for (const topic of topics) missed.current.add(topic);
      if (document.hidden) return;
      const moved = [...missed.current];
      missed.current.clear();
      // Nobody knows any more whether what was read for other screens still holds.
      if (moved.length > 0) void queryClient.invalidateQueries({ type: "inactive", refetchType: "none" });
      for (const listener of listeners)
        if (moved.some((topic) => topic === EVERYTHING || listener.topics.includes(topic)))
          listener.onMoved();
    },
    [listeners, queryClient],
  );
  useSubscription(trpc.realtime.topics.subscriptionOptions(undefined, { onData: tell }));
  useEffect(() => {
    const catchUp = () => !document.hidden && tell([]);
    document.addEventListener("visibilitychange", catchUp);
    return () => document.removeEventListener("visibilitychange", catchUp);
  }, [tell]);

  return <LiveContext.Provider value={listeners}>{children}</LiveContext.Provider>;
}

/**
 * Re-reads queries when one of the topics moved, at most every 400 ms and never missing the last move.
 * @param filter which queries; every active one when left out
 */
export function useLive(topics: string[], filter?: QueryFilters): void {
  const listeners = useContext(LiveContext);
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
    listeners?.add(listener);
    return () => {
      listeners?.delete(listener);
      if (timer) clearTimeout(timer);
    };
  }, [listeners, queryClient, key]);
}
