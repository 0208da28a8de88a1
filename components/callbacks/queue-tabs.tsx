"use client";

import { useQuery } from "@tanstack/react-query";
import { useLive } from "@/components/shell/live";
import { KeyFigure, KeyFigures } from "@/components/ui/key-figure";
import { LinkTabs } from "@/components/ui/link-tabs";
import type { QueueCounts } from "@/server/callbacks/count";
import type { QueueTab } from "@/server/callbacks/status";
import { formatCount } from "@/server/platform/format";
import { useTRPC } from "@/server/trpc/react";

const labels: Record<QueueTab, string> = {
  all: "All",
  high: "High",
  medium: "Medium",
  low: "Low",
  mine: "Mine",
  scheduled: "Scheduled",
  overdue: "Overdue",
  closed: "Closed",
};
const tabs = Object.keys(labels) as QueueTab[];

function useCounts(initial: QueueCounts): QueueCounts {
  const trpc = useTRPC();
  const { data } = useQuery(
    trpc.callbacks.counts.queryOptions(undefined, { initialData: initial, refetchInterval: 30_000 }),
  );
  useLive(["callbacks"], trpc.callbacks.counts.queryFilter());
  return data;
}

/** The tabs of the queue with how many stand in each, live. */
export function QueueTabs({ initial }: { initial: QueueCounts }) {
  const counts = useCounts(initial);
  return (
    <LinkTabs
      label="Queue"
      tabs={tabs.map((tab) => ({
        label: labels[tab],
        href: `?tab=${tab}`,
        count: tab === "closed" ? undefined : counts[tab],
      }))}
    />
  );
}

/** How it stands, in three figures; each leads to its rows. */
export function QueueTiles({ initial }: { initial: QueueCounts }) {
  const counts = useCounts(initial);
  return (
    <KeyFigures>
      <KeyFigure
        label="Pending"
        value={formatCount(counts.pending)}
        basis="Wait for somebody: neither in hand nor promised for a later time"
        href="/callbacks?tab=all&status=pending&status=assigned"
      />
      <KeyFigure
        label="Completed today"
        value={formatCount(counts.completedToday)}
        basis="Completed since midnight in the workspace's zone"
        href="/callbacks?tab=closed&today=1"
      />
      <KeyFigure
        label="Overdue"
        value={formatCount(counts.overdue)}
        basis="A call, a solution or a promised time is due and has not come"
        href="/callbacks?tab=overdue"
      />
    </KeyFigures>
  );
}
