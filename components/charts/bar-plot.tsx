"use client";

import { BarChart } from "@tremor/react";
import { formatCompact } from "@/server/platform/format";
import type { ChartData } from "./chart-frame";
import { plotProps } from "./plot-props";
import { PlotTooltipCard } from "./plot-tooltip";
import { toRows } from "./series";

type BarPlotProps = ChartData & { stacked: boolean; lying: boolean };

export function BarPlot({ points, series, format, height = 240, stacked, lying }: BarPlotProps) {
  const { yAxisWidth, ...rest } = plotProps({ series, format, points });
  return (
    <BarChart
      {...rest}
      data={toRows(points, series)}
      valueFormatter={format ?? formatCompact}
      minValue={0}
      stack={stacked}
      layout={lying ? "vertical" : "horizontal"}
      yAxisWidth={lying ? 112 : yAxisWidth}
      style={{ height }}
      customTooltip={(props) => <PlotTooltipCard {...props} series={series} format={format} />}
    />
  );
}
