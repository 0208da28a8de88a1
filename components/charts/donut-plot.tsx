"use client";

import { DonutChart } from "@tremor/react";
import type { Slice } from "./plot-props";
import { PlotTooltipCard } from "./plot-tooltip";
import { colourName } from "./series";

type DonutPlotProps = { slices: readonly Slice[]; label: string; format: (value: number | null) => string };

export function DonutPlot({ slices, label, format }: DonutPlotProps) {
  return (
    <DonutChart
      data={slices.map((slice) => ({ name: slice.label, Amount: slice.value }))}
      index="name"
      category="Amount"
      colors={slices.map(({ colour }) => colourName(colour))}
      label={label}
      customTooltip={({ active, payload }) => {
        const slice = slices.find((candidate) => candidate.label === payload?.[0]?.name);
        if (!slice) return null;
        const series = [{ key: slice.label, label: "Amount", colour: slice.colour }];
        return (
          <PlotTooltipCard
            active={active}
            label={slice.label}
            payload={payload}
            series={series}
            format={format}
          />
        );
      }}
      showAnimation={false}
      className="size-36"
    />
  );
}
