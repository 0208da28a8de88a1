"use client";

import { useQuery } from "@tanstack/react-query";
import { FilterBar } from "@/components/ui/filter-bar";
import { SearchInput } from "@/components/ui/search-input";
import { sourceLabels, statusLabels } from "@/server/callbacks/content";
import { callbackSources, openStatuses, requestTypes, urgencies } from "@/server/callbacks/status";
import { tierLabels, tiers } from "@/server/customers/schemas";
import { useTRPC } from "@/server/trpc/react";

export const filterNames = ["type", "urgency", "tier", "source", "status", "assignee", "today"] as const;

const optionsOf = (labels: Record<string, string>) =>
  Object.entries(labels).map(([value, label]) => ({ value, label }));

/** Narrows the queue: by words, and by what a request is. */
export function QueueFilters({ lead }: { lead: boolean }) {
  const trpc = useTRPC();
  const takers = useQuery(trpc.callbacks.takers.queryOptions(undefined, { enabled: lead }));
  return (
    <FilterBar
      search={<SearchInput label={lead ? "Name, number or words" : "Name or words"} />}
      filters={[
        {
          name: "type",
          label: "About",
          options: [
            ...Object.entries(requestTypes).map(([value, { label }]) => ({ value, label })),
            { value: "complaint", label: "Complaint" },
          ],
        },
        ...(lead
          ? [
              {
                name: "assignee",
                label: "Agent",
                options: [
                  { value: "nobody", label: "Nobody" },
                  ...(takers.data ?? []).map(({ id, name }) => ({ value: id, label: name })),
                ],
              },
            ]
          : []),
        {
          name: "status",
          label: "Status",
          rare: true,
          options: openStatuses.map((value) => ({ value, label: statusLabels[value] })),
        },
        {
          name: "urgency",
          label: "Urgency",
          rare: true,
          options: Object.entries(urgencies).map(([value, { label }]) => ({ value, label })),
        },
        {
          name: "tier",
          label: "Tier",
          rare: true,
          options: tiers.map((value) => ({ value, label: tierLabels[value] })),
        },
        {
          name: "source",
          label: "From",
          rare: true,
          options: optionsOf(
            Object.fromEntries(callbackSources.map((source) => [source, sourceLabels[source]])),
          ),
        },
      ]}
    />
  );
}
