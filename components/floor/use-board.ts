"use client";

import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useLive } from "@/components/shell/live";
import type { Board } from "@/server/floor/board";
import { useTRPC } from "@/server/trpc/react";

/** What only time moves is counted anew this often (ms); everything else comes by topics, within a second. */
const TIME_MS = 5_000;

/** The board, kept up to date while somebody looks. */
export function useBoard(initial: Board): { board: Board; failed: boolean } {
  const trpc = useTRPC();
  const { data, isError } = useQuery(
    trpc.floor.board.queryOptions(undefined, {
      initialData: initial,
      staleTime: 0,
      refetchInterval: TIME_MS,
    }),
  );
  useLive(["agents", "callbacks"], trpc.floor.board.queryFilter());
  return { board: data, failed: isError };
}

/**
 * The database's time, as well as this screen knows it: what the board said, and what has passed on this machine since. Null
 * until the page lives.
 */
export function useFloorTime(at: string): number | null {
  const [passed, setPassed] = useState<{ at: string; ms: number } | null>(null);
  useEffect(() => {
    const begin = performance.now();
    const turn = () => setPassed({ at, ms: performance.now() - begin });
    turn();
    const timer = window.setInterval(turn, 1_000);
    return () => window.clearInterval(timer);
  }, [at]);
  return passed === null ? null : Date.parse(passed.at) + passed.ms;
}
