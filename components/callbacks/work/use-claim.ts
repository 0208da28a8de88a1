"use client";

import { useEffect, useRef } from "react";
import { useTRPCClient } from "@/server/trpc/react";

/** A third of the claim: two heartbeats may be lost on a bad line. */
const HEARTBEAT_MS = 20_000;

/** Keeps a claim alive while its screen is open; `onLost` when the server says that it has ended. */
export function useClaim(
  { callbackId, generation }: { callbackId: string; generation: number },
  onLost: () => unknown,
): void {
  const client = useTRPCClient();
  const lost = useRef(onLost);
  lost.current = onLost;
  useEffect(() => {
    const beat = () =>
      client.callbacks.keep.mutate({ callbackId, generation }).catch((error) => {
        // A line that is down is no answer: the claim may still stand.
        if (error?.data?.details?.code === "claim_ended") lost.current();
      });
    void beat();
    const timer = window.setInterval(beat, HEARTBEAT_MS);
    // Back from the phone's own app: at once, not at the next beat.
    const shown = () => !document.hidden && void beat();
    document.addEventListener("visibilitychange", shown);
    return () => {
      window.clearInterval(timer);
      document.removeEventListener("visibilitychange", shown);
    };
  }, [client, callbackId, generation]);
}
