"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { DraftFields } from "@/server/campaigns/schemas";
import { useTRPCClient } from "@/server/trpc/react";

type Content = Pick<DraftFields, "category" | "channels" | "languages" | "bodies" | "fallbacks" | "audience">;

const PAUSE_MS = 200;

/** The message as one customer would read it, a moment after each change; `next` goes on to another customer. */
export function usePreview(fields: Content) {
  const client = useTRPCClient();
  const [turn, setTurn] = useState(0);
  const { category, channels, languages, bodies, fallbacks, audience } = useRested(fields, PAUSE_MS);
  const input = { category, channels, languages, bodies, fallbacks, audience, turn };
  const query = useQuery({
    queryKey: ["campaigns.preview", input],
    queryFn: () => client.campaigns.preview.mutate(input),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });
  return { ...query, next: () => setTurn((before) => before + 1) };
}
export type PreviewQuery = ReturnType<typeof usePreview>;

/** A value that follows once it has rested. */
function useRested<Value>(value: Value, pause: number): Value {
  const [rested, setRested] = useState(value);
  useEffect(() => {
    const timer = window.setTimeout(() => setRested(value), pause);
    return () => window.clearTimeout(timer);
  }, [value, pause]);
  return rested;
}
