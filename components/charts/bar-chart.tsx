"use client";

import dynamic from "next/dynamic";
import { type ChartData, ChartFrame } from "./chart-frame";
import { PlotPlaceholder } from "./plot-placeholder";

const BarPlot = dynamic(() => import("./bar-plot").then((part) => part.BarPlot), {
  ssr: false,
  loading: PlotPlaceholder,
});

type BarChartProps = ChartData & {
  /** Parts of one whole, on top of each other. */
  stacked?: boolean;
  /** Bars lie, names stand at the left: for long names. */
  lying?: boolean;
  actions?: React.ReactNode;
};

/** Amounts side by side, always from zero. */
export function BarChart({ stacked = false, lying = false, actions, ...data }: BarChartProps) {
  return (
    <ChartFrame {...data} actions={actions}>
      <div style={{ height: data.height ?? 240 }}>
        <BarPlot {...data} stacked={stacked} lying={lying} />
      </div>
    </ChartFrame>
  );
}
