"use client";

import { useQuery } from "@tanstack/react-query";
import type { AttributeDefinition } from "@/server/attributes/schemas";
import { knownEvents } from "@/server/events/schemas";
import { useTRPC } from "@/server/trpc/react";

export type Choices = {
  segments: { value: string; label: string }[];
  policyTypes: { value: string; label: string }[];
  events: string[];
  attributes: AttributeDefinition[];
  /** Null for one that is gone, or not chosen yet. */
  segmentName: (id: string) => string | null;
};

/** What triggers can name: this workspace's segments, kinds of policy and events. Anything else can be typed. */
export function useChoices(): Choices {
  const trpc = useTRPC();
  const { data: names } = useQuery(trpc.segments.names.queryOptions());
  // Closed to advisors, who type.
  const { data: catalogue } = useQuery(trpc.segments.catalogue.queryOptions(undefined, { retry: false }));
  const { data: attributes } = useQuery(trpc.attributes.list.queryOptions());
  const labels = new Map(names?.map(({ id, name }) => [id, name]));
  return {
    segments: (names ?? [])
      .filter(({ archived }) => !archived)
      .map(({ id, name }) => ({ value: id, label: name })),
    policyTypes: (catalogue?.policyTypes ?? []).map((value) => ({ value, label: humanWords(value) })),
    events: [...new Set([...Object.keys(knownEvents), ...(catalogue?.events ?? [])])].sort(),
    attributes: (attributes ?? []).filter(({ archived }) => !archived),
    segmentName: (id) => labels.get(id) ?? null,
  };
}

/** `two_wheeler` → "Two wheeler". */
export const humanWords = (text: string): string => {
  const words = text.replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
};
