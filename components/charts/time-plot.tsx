"use client";

import { AreaChart, LineChart } from "@tremor/react";
import { formatCompact } from "@/server/platform/format";
import type { ChartData } from "./chart-frame";
import { plotProps } from "./plot-props";
import { PlotTooltipCard } from "./plot-tooltip";
import { toRows } from "./series";

type TimePlotProps = ChartData & { shape: "area" | "line" };

export function TimePlot({ points, series, format, height = 240, shape }: TimePlotProps) {
  const Plot = shape === "area" ? AreaChart : LineChart;
  return (
    <Plot
      {...plotProps({ series, format, points })}
      data={toRows(points, series)}
      valueFormatter={format ?? formatCompact}
      curveType="monotone"
      minValue={0}
      connectNulls={false}
      startEndOnly={points.length > 12}
      style={{ height }}
      customTooltip={(props) => <PlotTooltipCard {...props} series={series} format={format} />}
    />
  );
}
