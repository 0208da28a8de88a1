"use client";

import dynamic from "next/dynamic";
import { formatCount, formatPercent } from "@/server/platform/format";
import { ChartFrame } from "./chart-frame";
import { PlotPlaceholder } from "./plot-placeholder";
import { type Slice, slicesAsPoints } from "./plot-props";
import { dotClass } from "./series";

const DonutPlot = dynamic(() => import("./donut-plot").then((part) => part.DonutPlot), {
  ssr: false,
  loading: PlotPlaceholder,
});

type DonutChartProps = {
  title: string;
  /** What the slices are: "Channel". */
  axis: string;
  slices: readonly Slice[];
  /** In the middle: the total, with its unit. */
  label: string;
  format?: (value: number | null) => string;
};

/** Parts of one whole, at most six; the words and numbers stand beside it. */
export function DonutChart({ title, axis, slices, label, format = formatCount }: DonutChartProps) {
  const total = slices.reduce((sum, { value }) => sum + value, 0);
  const series = [{ key: "value", label: "Amount", colour: 1 }] as const;
  return (
    <ChartFrame title={title} axis={axis} series={series} points={slicesAsPoints(slices)} format={format}>
      <div className="flex flex-wrap items-center gap-6">
        <div className="size-36 shrink-0">
          <DonutPlot slices={slices} label={label} format={format} />
        </div>
        <ul className="flex min-w-40 flex-1 flex-col gap-1.5 text-sm">
          {slices.map((slice) => (
            <li key={slice.label} className="flex items-center gap-2">
              <span className={`size-2 rounded-full ${dotClass[slice.colour]}`} />
              <span className="min-w-0 flex-1 truncate text-muted">{slice.label}</span>
              <span className="tabular-nums">{format(slice.value)}</span>
              <span className="w-12 text-right text-faint tabular-nums">
                {formatPercent(total > 0 ? slice.value / total : null, 0)}
              </span>
            </li>
          ))}
        </ul>
      </div>
    </ChartFrame>
  );
}
