"use client";

import { BarChart } from "@/components/charts/bar-chart";
import { DonutChart } from "@/components/charts/donut-chart";
import { FunnelChart } from "@/components/charts/funnel-chart";
import type { Series } from "@/components/charts/series";
import { TimeChart } from "@/components/charts/time-chart";
import { Card } from "@/components/ui/card";
import { formatPercent } from "@/server/platform/format";
import { Specimen } from "./specimen";

const outcome: readonly Series[] = [
  { key: "delivered", label: "Delivered", colour: 1 },
  { key: "opened", label: "Opened", colour: 2 },
  { key: "clicked", label: "Clicked", colour: 3 },
];

const hours = Array.from({ length: 24 }, (_, hour) => {
  const delivered = Math.round(4200 * Math.exp(-((hour - 11) ** 2) / 18));
  return {
    label: `${String(hour).padStart(2, "0")}:00`,
    values: { delivered, opened: Math.round(delivered * 0.44), clicked: Math.round(delivered * 0.12) },
  };
});

const variants = ["Short subject", "With the name", "With the sum"].map((label, index) => ({
  label,
  values: { opened: 0.38 + index * 0.05, clicked: 0.08 + index * 0.02 },
}));

export function ChartSpecimens() {
  return (
    <Specimen name="Charts">
      <div className="grid w-full gap-4 xl:grid-cols-2">
        <Card className="xl:col-span-2">
          <TimeChart title="Messages for each hour" axis="Hour" series={outcome} points={hours} />
        </Card>
        <Card>
          <BarChart
            title="Rates for each variant"
            axis="Variant"
            series={outcome.slice(1)}
            points={variants}
            format={(value) => formatPercent(value, 0)}
          />
        </Card>
        <Card>
          <TimeChart
            title="Opened for each hour"
            axis="Hour"
            series={outcome.slice(1, 2)}
            points={hours}
            shape="line"
          />
        </Card>
        <Card>
          <FunnelChart
            title="From sent to renewed"
            steps={[
              { label: "Sent", value: 5000 },
              { label: "Delivered", value: 4812 },
              { label: "Opened", value: 1983 },
              { label: "Clicked", value: 412 },
              { label: "Renewed", value: 31 },
            ]}
          />
        </Card>
        <Card>
          <DonutChart
            title="Channels"
            axis="Channel"
            label="20,400"
            slices={[
              { label: "E-mail", value: 12_000, colour: 1 },
              { label: "WhatsApp", value: 6400, colour: 3 },
              { label: "SMS", value: 2000, colour: 2 },
            ]}
          />
        </Card>
      </div>
    </Specimen>
  );
}
