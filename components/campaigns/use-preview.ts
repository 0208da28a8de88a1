"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { listedTypes } from "@/server/automations/schemas";
import type { DraftFields } from "@/server/campaigns/schemas";
import type { Channel } from "@/server/channels/status";
import { useTRPCClient } from "@/server/trpc/react";

type Content = Pick<
  DraftFields,
  | "name"
  | "category"
  | "channels"
  | "languages"
  | "bodies"
  | "fallbacks"
  | "audience"
  | "utm"
  | "tracking"
  | "senderName"
> &
  Partial<Pick<DraftFields, "schedule">>;

const PAUSE_MS = 200;

/**
 * One message as one customer would read it, a moment after each change; `next` goes on to another customer, `choose` to a
 * certain one. Without a place: the first channel, in the customer's own language.
 */
export function usePreview(
  fields: Content,
  place: { channel?: Channel; language?: string; customerId?: string } = {},
) {
  const client = useTRPCClient();
  const [turn, setTurn] = useState(0);
  const [customerId, choose] = useState<string | undefined>(place.customerId);
  const rested = useRested(fields, PAUSE_MS);
  const { name, category, channels, languages, bodies, fallbacks, audience, utm, tracking, senderName } =
    rested;
  const written = { category, channels, languages, bodies, fallbacks, audience, utm, tracking, senderName };
  const input = {
    ...written,
    channel: place.channel,
    language: place.language,
    name: name || "preview",
    turn,
    customerId,
    policyTypes: rested.schedule?.kind === "automated" ? listedTypes(rested.schedule.triggers) : [],
  };
  const query = useQuery({
    queryKey: ["campaigns.preview", input],
    queryFn: () => client.campaigns.preview.mutate(input),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });
  return {
    ...query,
    choose,
    next: () => {
      choose(undefined);
      setTurn((before) => before + 1);
    },
  };
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
