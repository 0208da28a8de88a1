"use client";

import { useQuery } from "@tanstack/react-query";
import { BarChart } from "@/components/charts/bar-chart";
import { Card } from "@/components/ui/card";
import { Skeleton } from "@/components/ui/skeleton";
import { formatDateTime } from "@/server/platform/format";
import { useTRPC } from "@/server/trpc/react";
import { filledSeries } from "./filled-series";

const series = [
  { key: "delivered", label: "Delivered", colour: 1 },
  { key: "opened", label: "Opened", colour: 3 },
  { key: "clicked", label: "Clicked", colour: 2 },
] as const;

/** What happened when, in quarters of an hour; quarters without anything are zero. */
export function RunChart({ campaignId, zone }: { campaignId: string; zone: string }) {
  const trpc = useTRPC();
  const { data } = useQuery(trpc.deliveries.series.queryOptions({ campaignId }));
  if (!data) return <Skeleton className="h-80" />;
  if (data.length === 0) return null;
  const points = filledSeries(data).map(({ bucket, delivered, opened, clicked }) => ({
    label: formatDateTime(bucket.toISOString(), zone),
    values: { delivered, opened, clicked },
  }));
  return (
    <Card>
      <BarChart title="Over time, in quarters of an hour" axis="From" series={series} points={points} />
    </Card>
  );
}
