"use client";

import { useQuery } from "@tanstack/react-query";
import { DayRange } from "@/components/ui/day-range";
import { FilterBar } from "@/components/ui/filter-bar";
import { channelLabels, channels } from "@/server/channels/status";
import {
  followUpLabels,
  followUpStates,
  responseClasses,
  responseClassLabels,
} from "@/server/responses/status";
import { useTRPC } from "@/server/trpc/react";

export const filterNames = [
  "class",
  "channel",
  "followUp",
  "assignee",
  "campaign",
  "days",
  "from",
  "until",
] as const;

const periods = [
  { value: "1", label: "Last 24 hours" },
  { value: "7", label: "Last 7 days" },
  { value: "30", label: "Last 30 days" },
];

/** Narrows the list of responses. */
export function ResponseFilters({ campaigns }: { campaigns: readonly { id: string; name: string }[] }) {
  const { data: assignees = [] } = useQuery(useTRPC().responses.assignees.queryOptions());
  return (
    <div className="flex flex-wrap items-center gap-2">
      <FilterBar
        filters={[
          {
            name: "class",
            label: "Class",
            options: responseClasses.map((value) => ({ value, label: responseClassLabels[value].label })),
          },
          {
            name: "followUp",
            label: "State",
            options: followUpStates.map((value) => ({ value, label: followUpLabels[value] })),
          },
          {
            name: "assignee",
            label: "With",
            options: [
              { value: "me", label: "Me" },
              { value: "nobody", label: "Nobody" },
              ...assignees.map(({ id, name }) => ({ value: id, label: name })),
            ],
          },
          {
            name: "channel",
            label: "Channel",
            options: channels.map((value) => ({ value, label: channelLabels[value] })),
          },
          {
            name: "campaign",
            label: "Campaign",
            options: campaigns.map(({ id, name }) => ({ value: id, label: name })),
          },
          { name: "days", label: "When", options: periods },
        ]}
      />
      <DayRange />
    </div>
  );
}
