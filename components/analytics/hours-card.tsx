"use client";

import { useQuery } from "@tanstack/react-query";
import { BarChart } from "@/components/charts/bar-chart";
import { Card } from "@/components/ui/card";
import { Skeleton } from "@/components/ui/skeleton";
import { formatCount } from "@/server/platform/format";
import { useTRPC } from "@/server/trpc/react";

const clock = (hour: number) => `${String(hour).padStart(2, "0")}:00`;

/** At which hours of the day people read it. */
export function HoursCard({ campaignId, zone }: { campaignId: string; zone: string }) {
  const trpc = useTRPC();
  const { data } = useQuery(trpc.analytics.hours.queryOptions({ campaignId }));
  if (!data) return <Skeleton className="h-80" />;
  const best = data.reduce((most, each) => (each.opened > most.opened ? each : most));
  const all = data.reduce((sum, { opened }) => sum + opened, 0);
  if (all === 0) return null;
  return (
    <Card>
      <BarChart
        title={`First opens and clicks by hour of the day, ${zone}`}
        axis="Hour from"
        series={[
          { key: "opened", label: "Opened", colour: 3 },
          { key: "clicked", label: "Clicked", colour: 2 },
        ]}
        points={data.map(({ hour, opened, clicked }) => ({
          label: clock(hour),
          values: { opened, clicked },
        }))}
        height={200}
      />
      <p className="mt-2 text-muted text-sm tabular-nums">
        Most opened from {clock(best.hour)} to {clock((best.hour + 1) % 24)}: {formatCount(best.opened)} of{" "}
        {formatCount(all)}. The hour of sending shapes this.
      </p>
    </Card>
  );
}
