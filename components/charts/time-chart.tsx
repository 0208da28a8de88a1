"use client";

import dynamic from "next/dynamic";
import { type ChartData, ChartFrame } from "./chart-frame";
import { PlotPlaceholder } from "./plot-placeholder";

// The library is large; pages without charts, and the first paint of those with, do without it.
const TimePlot = dynamic(() => import("./time-plot").then((part) => part.TimePlot), {
  ssr: false,
  loading: PlotPlaceholder,
});

type TimeChartProps = ChartData & {
  /** `area` for amounts, `line` for rates and for comparing. */
  shape?: "area" | "line";
  actions?: React.ReactNode;
};

/** How something went over time. */
export function TimeChart({ shape = "area", actions, ...data }: TimeChartProps) {
  return (
    <ChartFrame {...data} actions={actions}>
      <div style={{ height: data.height ?? 240 }}>
        <TimePlot {...data} shape={shape} />
      </div>
    </ChartFrame>
  );
}
